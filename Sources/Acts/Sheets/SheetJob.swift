import Credential
import Issuance
import Results

/// One sheet that is to be judged, with what it is judged by.
package struct SheetJob: Sendable {
    package let path: String
    package let sheet: ResultSheet
    package let institution: Institution
    package let planner: BatchPlanner
    /// By which it is judged.
    package let registryVersion: Int
    /// For the names of what is made from it; no other sheet of the command has it.
    package let stem: String
    /// What was answered for its rows, when it is a frozen one.
    package var answers: [Int: FrozenRow.Answer] = [:]

    /// The last part of the path, for messages and names of lists.
    package var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Names the file in what refuses it.
    ///
    /// - Parameter isForReport: whether a sheet of another number of candidates than declared is planned all the same.
    package func plan(
        declaredCount: Int?, isForReport: Bool = false, onFindings: ([Finding]) throws -> Void,
        onProgress: (IssuanceProgress) -> Void
    ) async throws -> BatchPlan {
        do {
            return try await planner.plan(
                sheet, declaredCount: declaredCount, isForReport: isForReport, onFindings: onFindings,
                onProgress: onProgress)
        } catch let problem as SheetProblem { throw SheetDesk.refusal(of: path, problem) }
    }
}
