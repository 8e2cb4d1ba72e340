import { agreedWords } from "~/domain/changes/field-words";
import type { Conversation } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { CONVERSATION_FIELDS, CONVERSATION_KINDS } from "~/domain/parts/conversations";
import agreed from "../agreed/agreed.module.css";
import { ChoiceField, RoleField, ThingText } from "../agreed/fields";
import { ThingDialog } from "../agreed/thing-dialog";
import type { ThingEdits } from "../agreed/thing-edits";

type ConversationDialogProps = {
  edits: ThingEdits<Conversation>;
  conversation: Conversation;
  matrix: Matrix;
  onClose: () => void;
};

const LONG = ["agenda", "inputs", "shared"] as const;
const HELD = ["clientHolds", "providerHolds"] as const;

/** One conversation with all that is agreed about it. */
export function ConversationDialog({ edits, conversation, matrix, onClose }: ConversationDialogProps) {
  const { clientRoleId, providerRoleId, leadsId, kind } = conversation;

  /** A role that leads goes on leading in the person of whoever takes its place. */
  function speakFor(field: "clientRoleId" | "providerRoleId", roleId: string | null) {
    const led = leadsId !== null && leadsId === conversation[field];
    edits.set(conversation, { [field]: roleId, ...(led ? { leadsId: roleId } : {}) }, CONVERSATION_FIELDS[field].label);
  }

  return (
    <ThingDialog
      title={conversation.name}
      readOnly={edits.readOnly}
      facts={agreedWords(conversation, CONVERSATION_FIELDS, matrix)}
      onClose={onClose}
    >
      <ThingText edits={edits} thing={conversation} field="name" described={CONVERSATION_FIELDS.name} />
      <ChoiceField
        label={CONVERSATION_FIELDS.kind.label}
        value={kind}
        names={CONVERSATION_KINDS}
        onChoose={(chosen) => edits.set(conversation, { kind: chosen }, CONVERSATION_FIELDS.kind.label)}
      />
      <ThingText edits={edits} thing={conversation} field="cadence" described={CONVERSATION_FIELDS.cadence} />
      <ThingText edits={edits} thing={conversation} field="place" described={CONVERSATION_FIELDS.place} />
      <RoleField
        label={CONVERSATION_FIELDS.clientRoleId.label}
        matrix={matrix}
        roleId={clientRoleId}
        offers={(_, party) => party.kind === "client"}
        onChoose={(roleId) => speakFor("clientRoleId", roleId)}
      />
      <RoleField
        label={CONVERSATION_FIELDS.providerRoleId.label}
        matrix={matrix}
        roleId={providerRoleId}
        offers={(_, party) => party.kind === "provider"}
        onChoose={(roleId) => speakFor("providerRoleId", roleId)}
      />
      <RoleField
        label={CONVERSATION_FIELDS.leadsId.label}
        hint="One of the two who speak."
        matrix={matrix}
        roleId={leadsId}
        offers={({ id }) => id === clientRoleId || id === providerRoleId}
        onChoose={(roleId) => edits.set(conversation, { leadsId: roleId }, CONVERSATION_FIELDS.leadsId.label)}
      />
      {LONG.map((field) => (
        <div key={field} className={agreed.wide}>
          <ThingText edits={edits} thing={conversation} field={field} described={CONVERSATION_FIELDS[field]} />
        </div>
      ))}
      {HELD.map((field) => (
        <ThingText
          key={field}
          edits={edits}
          thing={conversation}
          field={field}
          described={CONVERSATION_FIELDS[field]}
        />
      ))}
    </ThingDialog>
  );
}
