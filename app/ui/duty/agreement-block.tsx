import { isEarlierHash, isReopened, matchesTerms, termsHash, validMark } from "~/domain/agreement/agreement";
import { isSigned } from "~/domain/agreement/signed-terms";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { AgreementPanel } from "../agreement/agreement-panel";
import type { Subject } from "../agreement/subject";
import type { MatrixEditor } from "../editor/editor-types";
import { useSigned } from "../versions/signed-context";
import { DecliningNote } from "./declining-note";
import { ReopenedWords, useReopened } from "./reopened-words";

/** Whether each side agrees on a duty, with the actions of the reader's own side. */
export function AgreementBlock({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const { matrix } = editor;
  const reopened = useReopened(duty, editor);
  const signed = useSigned();
  const signedHere = isSigned(matrix, duty, signed);
  const changed = signed !== null && !signedHere && signed.of(duty.id) !== null;
  return (
    <AgreementPanel
      subject={dutySubject(matrix, duty)}
      editor={editor}
      signed={signedHere}
      note={<DecliningNote duty={duty} editor={editor} />}
      remarks={({ id }) => {
        const mark = validMark(matrix, duty, id);
        return (
          <>
            {mark && isEarlierHash(mark.terms) && (
              <p>
                Given for letters, boundary note and decisions. From the next change on, a mark is for everything that
                is signed.
              </p>
            )}
            {!mark && signedHere && <p>Signed in version {signed?.number}.</p>}
            {!Object.hasOwn(duty.marks, id) && changed && <p>Signed in version {signed?.number}, and changed since.</p>}
            {!signedHere && isReopened(matrix, duty, id) && (
              <ReopenedWords reopening={reopened.find(({ partyId }) => partyId === id)} />
            )}
          </>
        );
      }}
    />
  );
}

function dutySubject(matrix: Matrix, duty: Duty): Subject {
  const { id: dutyId, code, marks, ruling } = duty;
  const terms = termsHash(matrix, duty);
  return {
    name: code,
    one: "duty",
    marks,
    ruling,
    terms,
    isPresent: (stored) => matchesTerms(matrix, duty, stored),
    mark: (partyId, state, position) => ({ type: "duty.mark", dutyId, partyId, state, position, terms }),
    rule: (written) => ({ type: "duty.rule", dutyId, ruling: written }),
    confirm: (partyId) => ({ type: "duty.confirm", dutyId, partyId, terms }),
    unconfirm: (partyId) => ({ type: "duty.unconfirm", dutyId, partyId }),
  };
}
