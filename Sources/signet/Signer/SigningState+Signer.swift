import Acts
import FoundationEssentials
import HomeFolder
import Portal

extension SigningState {
    /// - Parameter signer: of this process; without it the one is asked that runs on this machine.
    init(within signer: SignerParts?, at home: Home) async {
        if let signer, let state = try? await signer.desk.state() {
            self.init(
                state.isLocked ? .locked : .open, isWithin: true, waiting: state.waiting, problem: state.problem)
            return
        }
        let answer = try? await SignerClient.ask(.state, nil, at: home.signerSocketPath)
        guard let answer, let state = try? JSONDecoder().decode(SignerParts.State.self, from: Data(answer.utf8)) else {
            self.init(.unreachable, isWithin: signer != nil)
            return
        }
        self.init(state.isLocked ? .locked : .open, isWithin: false, waiting: state.waiting, problem: state.problem)
    }
}
