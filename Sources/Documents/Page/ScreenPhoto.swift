/// A holder's photo as a screen shows it: upright, small, and without what cameras write into their files.
package enum ScreenPhoto {
    /// Pixels. Enough for a photo of 35 mm at twice a screen's density.
    private static let maximumWidth = 360

    /// - Parameter file: a JPEG or PNG file.
    /// - Returns: a JPEG file.
    package static func jpeg(of file: [UInt8]) throws(DocumentProblem) -> [UInt8] {
        try Picture(file, name: "of a holder").flattened(maximumWidth: maximumWidth).jpeg()
    }
}
