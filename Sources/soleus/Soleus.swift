// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The command line; one file per subcommand.
@main
struct Soleus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soleus",
        abstract: "Takes a person with a torn calf muscle from the first snap to the first match back.",
        discussion: """
            Soleus is a clinic's server in one program and one folder of data. A licensed clinician signs the \
            pathway before patients use it; it makes no diagnosis and is no cleared medical device.

            To try it:
              soleus demo --data data
              soleus serve --data data --links

            EXIT STATUS
              0   done
              1   what was asked could not be done; the message says why
              2   a check found something wrong (pathway check, chart verify)
              64  the command line was not understood
            """,
        version: "0.1.0",
        subcommands: [
            Serve.self, Demo.self, Link.self, Screen.self, PathwayCommand.self, ChartCommand.self,
            UserCommand.self, AnalyzeCommand.self, Migrate.self, Copy.self
        ])
}
