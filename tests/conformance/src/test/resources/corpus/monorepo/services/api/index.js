api()
