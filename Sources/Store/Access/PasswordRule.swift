// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a new password must be; there are no rules about its kinds of characters (NIST SP 800-63B-4).
package enum PasswordRule {
    package static let minimumLength = 15
    package static let maximumLength = 128

    package enum Fault: Error, Hashable, Sendable {
        case tooShort(minimum: Int)
        case tooLong(maximum: Int)
        /// Little is left of it without common passwords, words of the clinic, the person's own name, digits
        /// and repetition.
        case guessable
    }

    /// What is wrong with a password.
    ///
    /// - Parameters:
    ///   - password: As it was typed.
    ///   - words: The person's own name and email, and the clinic's name.
    /// - Returns: nil where it can be used.
    package static func fault(in password: String, besides words: [String] = []) -> Fault? {
        let scalars = normalised(password).unicodeScalars
        if scalars.count < minimumLength { return .tooShort(minimum: minimumLength) }
        if scalars.count > maximumLength { return .tooLong(maximum: maximumLength) }
        return isGuessable(password, besides: words) ? .guessable : nil
    }

    /// One spelling for one text, however the keyboard composes its accents.
    static func normalised(_ password: String) -> String { password.precomposedStringWithCanonicalMapping }

    private static func isGuessable(_ password: String, besides words: [String]) -> Bool {
        let ownWords = words.flatMap { $0.lowercased().split { !$0.isLetter }.map(String.init) }
        var rest = normalised(password).lowercased()
        guard rest.contains(where: \.isLetter) else { return isRegular(rest) }
        for (sign, letter) in [("0", "o"), ("1", "i"), ("3", "e"), ("@", "a"), ("$", "s")] {
            rest = rest.replacing(sign, with: letter)
        }
        rest = String(rest.filter { $0.isLetter })
        for word in (common + ownWords.filter { $0.count >= 3 }).sorted(by: { $0.count > $1.count }) {
            rest = rest.replacing(word, with: "")
        }
        return Set(rest).count < 4
    }

    /// Whether digits and signs follow each other in few different steps, as in 1234… and 1212….
    private static func isRegular(_ signs: String) -> Bool {
        let numbers = signs.unicodeScalars.map { Int($0.value) }
        return Set(zip(numbers, numbers.dropFirst()).map { $1 - $0 }).count < 5
    }

    // The stems of the most common passwords in published leaks, keyboard rows, and what a calf clinic's staff
    // would think of first. Longer passwords of leaks are built from these.
    private static let common = [
        "password", "passwort", "passwd", "passphrase", "welcome", "letmein", "administrator", "admin",
        "login",
        "master", "secret", "changeme", "default", "dragon", "monkey", "sunshine", "princess", "football",
        "baseball", "superman", "batman", "shadow", "michael", "jordan", "iloveyou", "trustno", "whatever",
        "starwars", "freedom", "flower", "summer", "winter", "spring", "autumn", "hello", "access",
        "computer",
        "internet", "google", "qwertyuiop", "qwerty", "qwertz", "asdfghjkl", "asdfgh", "asdf", "zxcvbnm",
        "yxcvbnm", "abcdefghijklmnopqrstuvwxyz", "abcdefgh", "abcdef", "abcd", "abc", "test", "user", "guest",
        "correcthorsebatterystaple", "soleus", "gastrocnemius", "calf", "calfs", "calves", "achilles",
        "muscle",
        "tear", "rehab", "rehabilitation", "physiotherapy", "physiotherapist", "physio", "therapist",
        "therapy",
        "clinic", "doctor", "nurse", "patient", "reception", "desk", "heelraise", "hospital", "health"
    ]
}
