import Files

/// What the end of an archive says about its directory (APPNOTE.TXT 4.3.14 to 4.3.16).
enum ZipDirectory {
    private static let endMark: [UInt8] = [0x50, 0x4B, 5, 6]
    private static let locatorMark: [UInt8] = [0x50, 0x4B, 6, 7]
    private static let end64Mark: [UInt8] = [0x50, 0x4B, 6, 6]
    private static let endByteCount = 22
    private static let locatorByteCount = 20
    /// A record of the directory has 46 bytes and names; longer ones than this together are no names for people.
    private static let mostBytesOfPart = 512

    /// Refuses an archive by its number of parts and by the size of its directory, before anything of that is read.
    ///
    /// Wherever a reader might find the end, what stands there must keep to the limit.
    static func check(_ file: InputFile, mostParts: Int) throws(WorkbookProblem) {
        let tailStart = max(0, file.size - (1 << 16) - endByteCount - locatorByteCount)
        let tail = try bytes(file, tailStart, file.size - tailStart)
        var isFound = false
        var start = 0
        // bounded: each turn goes forward.
        while let found = tail.offset(of: endMark, from: start) {
            start = found + 1
            guard let counts = tail.dropFirst(found).prefix(endByteCount).fields([(10, 2), (12, 4)]) else { continue }
            isFound = true
            try check(parts: counts[0], size: counts[1], most: mostParts)
            try checkZip64(file, tail, before: found, mostParts)
        }
        guard isFound else { throw WorkbookProblem(.damaged) }
    }

    private static func checkZip64(
        _ file: InputFile, _ tail: [UInt8], before end: Int, _ mostParts: Int
    ) throws(WorkbookProblem) {
        let locator = tail.prefix(end).suffix(locatorByteCount)
        guard locator.starts(with: locatorMark) else { return }
        guard let place = locator.fields([(8, 8)])?[0] else { throw WorkbookProblem(.damaged) }
        let record = try bytes(file, place, 56)
        guard record.starts(with: end64Mark), let counts = record[...].fields([(32, 8), (40, 8)]) else {
            throw WorkbookProblem(.damaged)
        }
        try check(parts: counts[0], size: counts[1], most: mostParts)
    }

    private static func check(parts: Int, size: Int, most: Int) throws(WorkbookProblem) {
        // Where ZIP64 says more, these are all ones.
        let isLeftToZip64 = parts == 0xFFFF
        guard isLeftToZip64 || parts <= most, size == 0xFFFF_FFFF || size / mostBytesOfPart <= most else {
            throw WorkbookProblem(.tooLarge)
        }
    }

    private static func bytes(_ file: InputFile, _ start: Int, _ count: Int) throws(WorkbookProblem) -> [UInt8] {
        guard start >= 0, start <= file.size else { throw WorkbookProblem(.damaged) }
        do throws(InputFile.Failure) {
            return try file.read(at: start, count: count)
        } catch { throw WorkbookProblem(.cannotOpen) }
    }
}

extension ArraySlice<UInt8> {
    /// Little-endian numbers at these places; nil where there are too few bytes, or one is beyond what counts anything.
    fileprivate func fields(_ places: [(offset: Int, count: Int)]) -> [Int]? {
        var values: [Int] = []
        for (offset, count) in places {
            let field = dropFirst(offset).prefix(count)
            guard field.count == count else { return nil }
            let value = field.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard let number = Int(exactly: value) else { return nil }
            values.append(number)
        }
        return values
    }
}
