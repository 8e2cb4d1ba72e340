import { Suspense, useState } from "react";
import type { Conversation } from "~/domain/matrix/escalation-shapes";
import { blankConversation, CONVERSATION_KINDS, CONVERSATIONS } from "~/domain/parts/conversations";
import { AddThing } from "../agreed/add-thing";
import { RoleChip } from "../agreed/role-chip";
import { thingEdits } from "../agreed/thing-edits";
import { ThingList, type ListColumn } from "../agreed/thing-list";
import agreed from "../agreed/agreed.module.css";
import type { MatrixEditor } from "../editor/editor-types";
import { ConversationsCalendar } from "../calendars/lazy-calendars";
import { Button } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { CalendarClock, Icon } from "../primitives/icon";
import styles from "./communication.module.css";
import { ConversationDialog } from "./conversation-dialog";
import { SpeakingMap } from "./speaking-map";

type CommunicationPageProps = { editor: MatrixEditor; offered: { conversations: Conversation[] } };

/** The communication plan: which conversations take place, and which roles of the two sides speak with each other. */
export function CommunicationPage({ editor, offered }: CommunicationPageProps) {
  const [openId, setOpenId] = useState<string | null>(null);
  const [calendarOpen, setCalendarOpen] = useState(false);
  const { matrix, matrixId } = editor;
  const edits = thingEdits(editor, CONVERSATIONS, matrix.conversations);
  const open = matrix.conversations.find(({ id }) => id === openId);
  const columns: ListColumn<Conversation>[] = [
    { label: "How often", cell: ({ cadence }) => cadence },
    { label: "Where", cell: ({ place }) => place },
    { label: "For the client", cell: ({ clientRoleId }) => chip(clientRoleId, "Nobody yet") },
    { label: "For the provider", cell: ({ providerRoleId }) => chip(providerRoleId, "Nobody yet") },
    { label: "Led by", cell: ({ leadsId }) => (leadsId === null ? null : chip(leadsId, "")) },
  ];

  function chip(roleId: string | null, nobody: string) {
    return <RoleChip roleId={roleId} matrix={matrix} nobody={nobody} />;
  }

  function add(name: string) {
    const conversation = { ...blankConversation(crypto.randomUUID()), name };
    const result = edits.add(conversation);
    if (result.ok) setOpenId(conversation.id);
    return result;
  }

  return (
    <div className={agreed.page}>
      <header>
        <h1>Communication</h1>
        <p className={agreed.about}>
          Who speaks to whom, how often and about what, and what each side keeps to itself. It is part of what both
          sides sign.
        </p>
      </header>
      <section className={agreed.panel} aria-labelledby="plan-title">
        <div className={styles.head}>
          <h2 id="plan-title">Conversations</h2>
          {matrix.conversations.length > 0 && (
            <Button size="sm" icon={<Icon of={CalendarClock} size={14} />} onClick={() => setCalendarOpen(true)}>
              Calendar…
            </Button>
          )}
        </div>
        {matrix.conversations.length === 0 ? (
          <Empty
            title="No conversation is agreed yet."
            action={
              !editor.readOnly && (
                <Button
                  variant="primary"
                  onClick={() => edits.addAll(offered.conversations, "Added five conversations to start from")}
                >
                  Start from five conversations
                </Button>
              )
            }
          >
            Weekly operations, the monthly and the quarterly review, roadmap and security, between the roles of this
            matrix. Change them, or delete what you don&rsquo;t need.
          </Empty>
        ) : (
          <ThingList
            label="Conversations"
            edits={edits}
            nameLabel="Conversation"
            nameOf={({ name }) => name}
            kindOf={({ kind, name }) => (CONVERSATION_KINDS[kind] === name ? "" : CONVERSATION_KINDS[kind])}
            columns={columns}
            layout={styles.conversations}
            onOpen={setOpenId}
          />
        )}
        {!editor.readOnly && (
          <AddThing
            label="New conversation"
            placeholder="New conversation, such as Project review"
            button="Add conversation"
            onAdd={add}
          />
        )}
      </section>
      {matrix.conversations.length > 0 && <SpeakingMap matrix={matrix} />}
      {calendarOpen && (
        <Suspense>
          <ConversationsCalendar matrixId={matrixId} onClose={() => setCalendarOpen(false)} />
        </Suspense>
      )}
      {open && <ConversationDialog edits={edits} conversation={open} matrix={matrix} onClose={() => setOpenId(null)} />}
    </div>
  );
}
