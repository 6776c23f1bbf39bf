import Acts
import Credential
import PDFSignature
import Rendering
import Testing

@Suite struct SpecimenTests {
    @Test("A specimen is drawn for each look with a code of a true one's size, under a host that leads nowhere")
    func drawn() throws {
        let specimen = Specimen(
            institution: InstitutionID("4137012391"), institutionName: "潍坊职业学院",
            holderName: "买买提江·阿卜杜热西提", document: IdentityDocument(kind: .passport, number: "E12345678"),
            occupation: Occupation(code: "4-02-06-03", name: "物流服务师"), specialisation: nil, level: .technician,
            awardDate: CalendarDate(daysSinceEpoch: 20_644))
        for look in PageTemplate.BuiltIn.allCases {
            for language in DocumentLanguage.allCases {
                let draw = try DrawSpecimen(PageTemplate(look), language: language, pictures: [:])
                let page = try draw(specimen)
                #expect(page.starts(with: "%PDF-".utf8))
                // Another key each time.
                #expect(page != (try draw(specimen)))
                #expect(throws: (any Error).self) { try SignedPDF(page) }
            }
        }
    }
}
