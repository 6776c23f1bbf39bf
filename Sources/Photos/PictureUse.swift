/// What a picture is decoded for.
package enum PictureUse: Hashable, Sendable {
    /// A portrait in a place of this many pixels at most: cut to its proportions, opaque, on white.
    case portrait(width: Int, height: Int)
    /// No wider than this many pixels, opaque, on white.
    case screen(width: Int)
    /// All of it, with what is see-through.
    case whole
}
