web()
