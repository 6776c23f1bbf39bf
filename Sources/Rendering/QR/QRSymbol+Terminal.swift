extension QRSymbol {
    /// What a terminal shows, two modules to a character.
    package enum TerminalColours: Sendable {
        /// Black on white by escape sequences: right whatever the terminal's theme.
        case escapes
        /// No escape sequences; right where text is lighter than its background.
        case lightOnDark
    }

    /// Lines of half blocks with a quiet zone of 2 modules or more, each ended by a newline.
    ///
    /// What is drawn are the *light* modules: phones often fail on a symbol with its colours swapped.
    package func terminalText(colours: TerminalColours = .lightOnDark) -> String {
        // Half the quiet zone of print keeps version 14 inside 80 columns, and screens scan well with it.
        let quiet = 2
        var text = ""
        for row in stride(from: -quiet, to: side + quiet, by: 2) {
            if colours == .escapes { text += "\u{1B}[38;5;231;48;5;16m" }
            for column in -quiet..<(side + quiet) {
                let upper = isDark(row: row, column: column)
                let lower = isDark(row: row + 1, column: column)
                text.append(Self.halfBlock(upperIsDark: upper, lowerIsDark: lower))
            }
            text += colours == .escapes ? "\u{1B}[0m\n" : "\n"
        }
        return text
    }

    private static func halfBlock(upperIsDark: Bool, lowerIsDark: Bool) -> Character {
        switch (upperIsDark, lowerIsDark) {
        case (false, false): "█"
        case (false, true): "▀"
        case (true, false): "▄"
        case (true, true): " "
        }
    }
}
