import { useMemo, type ReactNode } from "react";
import type { PartyKind } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import type { PeopleView } from "~/services/people/people.server";
import type { OpenRota } from "~/services/people/rotas.server";
import { useMay } from "../draft/own-side";
import drawer from "../duty/drawer.module.css";
import type { MatrixEditor } from "../editor/editor-types";
import { Button, ButtonLink } from "../primitives/button";
import { Field, TextInput } from "../primitives/form/field";
import { Check, CircleAlert, Download, Icon } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, useSearchParams } from "../primitives/router";
import { useOwnDay } from "../primitives/time";
import { useMinute } from "./local-time";
import { PanelFrame } from "./panel-frame";
import { peopleFacts } from "./people-view";
import { PersonForm, type PersonAnswer } from "./person-form";
import { PersonPanel } from "./person-panel";
import { RotaPanel } from "./rota-panel";
import { SideList } from "./side-list";
import styles from "./people.module.css";

type PageProps = PeopleView & {
  /** The rota of the role that is open, if one is. */
  rota: OpenRota | null;
  editor: MatrixEditor;
  now: string;
  newId: string;
  timeZones: string[];
  answer: PersonAnswer | null;
};

const KINDS: readonly PartyKind[] = ["client", "provider", "third-party"];

/** The people of both sides and of third parties with their roles, and the open person beside the lists. */
export function PeoplePage(props: PageProps) {
  const {
    editor,
    people,
    holdings,
    removed,
    absences,
    rotaRoleIds,
    rota,
    now: loaded,
    newId,
    timeZones,
    answer,
  } = props;
  const { matrix, matrixId, readOnly } = editor;
  const [params, setParams] = useSearchParams();
  const now = useMinute(loaded);
  const today = useOwnDay(loaded);
  const facts = useMemo(() => peopleFacts(matrix, people, holdings, today), [matrix, people, holdings, today]);
  const query = params.get("q") ?? "";
  const closeTo = paths.people(matrixId, { q: query });
  const openId = params.get("person");
  const editId = readOnly ? null : params.get("edit");
  const adding = readOnly ? undefined : KINDS.find((kind) => kind === params.get("add"));
  const named = (id: string | null) => people.find((person) => person.id === id);
  const openPerson = named(openId);
  const changed = named(editId);
  const form = { newId, matrix, people, timeZones, answer, today, closeTo };
  const hasThird =
    matrix.parties.some(({ kind }) => kind === "third-party") || people.some(({ side }) => side === "third-party");
  const openRole = params.get("rota");
  const list = {
    matrixId,
    matrix,
    facts,
    rotaRoleIds,
    query,
    now,
    today,
    openId: openId ?? editId,
    openRole,
    readOnly,
  };
  const noticed = answer && !adding && !editId && openRole === null ? (answer.errors.form ?? null) : null;

  return (
    <div className={styles.page} data-print="flow">
      <div className={styles.main} data-print="flow">
        <div className={styles.inside}>
          <header className={styles.head}>
            <div>
              <h1>People</h1>
              <p>
                Who is behind the roles, and how to reach them. Nothing here is part of what is signed: a new phone
                number needs no new signature.
              </p>
            </div>
            <PeopleTools matrixId={matrixId} query={query} setParams={setParams} />
          </header>
          <div role="status">
            <Undone
              params={params}
              removed={removed}
              people={people}
              holdings={holdings}
              editor={editor}
              current={new Set(facts.held.map(({ roleId, personId }) => `${roleId} ${personId}`))}
            />
          </div>
          {noticed && (
            <Notice icon={CircleAlert} tone="alert">
              {noticed}
            </Notice>
          )}
          <div className={styles.sides}>
            <SideList side="client" {...list} />
            <SideList side="provider" {...list} />
            {hasThird && (
              <div className={styles.third}>
                <SideList side="third-party" {...list} />
              </div>
            )}
          </div>
        </div>
      </div>
      {adding && <PersonForm key={adding} person={null} side={adding} {...form} />}
      {changed && <PersonForm key={changed.id} person={changed} side={changed.side} {...form} />}
      {openPerson && !adding && !changed && (
        <PersonPanel
          key={openPerson.id}
          person={openPerson}
          matrixId={matrixId}
          matrix={matrix}
          facts={facts}
          absences={absences}
          rotaRoleIds={rotaRoleIds}
          newId={newId}
          now={now}
          today={today}
          readOnly={readOnly}
          errors={answer?.errors ?? {}}
          closeTo={closeTo}
        />
      )}
      {openRole !== null && !openId && !editId && !adding && (
        <RotaPanel
          key={openRole}
          roleId={openRole}
          open={rota}
          removed={removed}
          facts={facts}
          readOnly={readOnly}
          {...form}
        />
      )}
      {!adding && (openId ?? editId) && !openPerson && !changed && (
        <PanelFrame label="Person" heading={null} closeTo={closeTo}>
          <div className={drawer.gone}>
            <h2>This person isn't here</h2>
            <p>The person was removed, or the link belongs to another engagement.</p>
          </div>
        </PanelFrame>
      )}
    </div>
  );
}

type UndoneProps = Pick<PageProps, "editor" | "removed" | "people" | "holdings"> & {
  params: URLSearchParams;
  current: ReadonlySet<string>;
};

type ToolsProps = { matrixId: string; query: string; setParams: ReturnType<typeof useSearchParams>[1] };

/** What finds somebody, and what takes everybody along as a file. */
function PeopleTools({ matrixId, query, setParams }: ToolsProps) {
  const mayDownload = useMay("export-contacts");
  return (
    <>
      {mayDownload && (
        <ButtonLink
          className={styles.download}
          icon={<Icon of={Download} />}
          to={paths.exportPeople(matrixId)}
          reloadDocument
        >
          Download people
        </ButtonLink>
      )}
      <Form method="get" role="search" className={styles.search} onSubmit={(event) => event.preventDefault()}>
        <Field label="Find a person or role" hideLabel>
          <TextInput
            type="search"
            name="q"
            placeholder="Find a person or role"
            defaultValue={query}
            onChange={({ target }) =>
              setParams(
                (current) => {
                  const next = new URLSearchParams(current);
                  if (target.value) next.set("q", target.value);
                  else next.delete("q");
                  return next;
                },
                { replace: true, preventScrollReset: true },
              )
            }
          />
        </Field>
        <noscript>
          <Button type="submit">Find</Button>
        </noscript>
      </Form>
    </>
  );
}

/** Says what was just removed, with Undo. It is in the URL, so that a reload doesn't lose it. */
function Undone({ editor, params, removed, people, holdings, current }: UndoneProps) {
  if (editor.readOnly) return null;
  const away = removed.find(({ id }) => id === params.get("removed"));
  if (away) {
    return (
      <Undo said={`${away.name} was removed.`}>
        <input type="hidden" name="intent" value="restore" />
        <input type="hidden" name="id" value={away.id} />
      </Undo>
    );
  }
  const ended = holdings.find(({ id, until }) => id === params.get("ended") && until !== null);
  const person = people.find(({ id }) => id === ended?.personId);
  const role = editor.matrix.roles.find(({ id }) => id === ended?.roleId);
  if (!ended || !person || !role || current.has(`${role.id} ${person.id}`)) return null;
  return (
    <Undo said={`${person.name} no longer holds ${role.name}.`}>
      <input type="hidden" name="intent" value="resume" />
      <input type="hidden" name="holdingId" value={ended.id} />
    </Undo>
  );
}

function Undo({ said, children }: { said: string; children: ReactNode }) {
  return (
    <Notice icon={Check}>
      <Form method="post" preventScrollReset className={styles.undo}>
        {children}
        <bdi translate="yes">{said}</bdi>
        <Button size="sm" type="submit">
          Undo
        </Button>
      </Form>
    </Notice>
  );
}
