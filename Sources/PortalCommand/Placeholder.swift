import ArgumentParser
import Configuration
@main struct P: ParsableCommand { func run() {} }
