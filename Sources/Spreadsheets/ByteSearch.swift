extension [UInt8] {
    /// Where these bytes stand first at or behind `start`; nil where they do not, or `start` is beyond the end.
    package func offset(of bytes: [UInt8], from start: Int = 0) -> Int? {
        withUnsafeBytes { all in
            bytes.withUnsafeBytes { wanted in
                let places = stride(from: start, through: all.count - wanted.count, by: 1)
                return places.first { place in
                    // bounded: a place has as many bytes behind it as are wanted.
                    all[place] == wanted[0] && all[place..<(place + wanted.count)].elementsEqual(wanted)
                }
            }
        }
    }
}
