# Sourced. Options for a compilation without Error Prone and NullAway, with a note that ./check has to compile anew.
unlinted='-Dlint=-Xlint:none -Dlint.tests=-Xlint:none'
mkdir -p target
: >target/unlinted
