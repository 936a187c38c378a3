import ArgumentParser
import Web

@main struct S: ParsableCommand { func run() { print(w) } }
