import { Suspense, useState } from "react";
import { CARD_SIZES, cardSizeOf, isWallet, sheetOf, wholeSheets, type CardSize } from "~/domain/call-card/call-card";
import { paths, type CallCardQuery } from "~/paths";
import type { CallCards } from "~/services/pack/call-cards.server";
import { useMay } from "../draft/own-side";
import { Button, ButtonLink } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Empty } from "../primitives/empty";
import { Field, Select } from "../primitives/form/field";
import { Segmented } from "../primitives/form/segmented";
import { Download, Icon, Printer } from "../primitives/icon";
import { lazily } from "../primitives/lazily";
import { useNavigate, useSearchParams } from "../primitives/router";
import styles from "./call-card.module.css";
import { Fitted } from "./fitted";
import { PageCard } from "./page-card";
import { Paper } from "./paper";
import { WalletCard } from "./wallet-card";

const writing = lazily(async () => (await import("../download/export-dialog")).ExportDialog);
const ExportDialog = writing.Component;

const SIZE_WORDS: Record<CardSize, string> = {
  A4: "A4",
  Letter: "Letter",
  "wallet-A4": "Wallet on A4",
  "wallet-Letter": "Wallet on Letter",
};

/** Call cards as they are printed: which path, as agreed or as drafted, on which paper. */
export function CallCardPage({ matrixId, shown }: { matrixId: string; shown: CallCards }) {
  const [params] = useSearchParams();
  const size = cardSizeOf(params.get("size"));
  const { cards } = shown;
  if (shown.paths.length === 0)
    return (
      <div className={styles.page}>
        <h1 className="vh">Call card</h1>
        <Empty
          title="No escalation path to print a card of"
          action={<ButtonLink to={paths.escalation(matrixId)}>Open Escalation</ButtonLink>}
        >
          A call card says on one page who is called, after how long, and by which number. Add a path first.
        </Empty>
      </div>
    );
  return (
    <div className={styles.page} data-print="flow">
      <Choice matrixId={matrixId} shown={shown} size={size} />
      {cards.length === 0 && <p role="status">That path isn’t there. Choose another one.</p>}
      {isWallet(size)
        ? wholeSheets(cards).map((sheet, i) => (
            <Paper key={i} className={classNames(styles[sheetOf(size)], styles.wallets)} size={size}>
              {sheet.map((card, j) => (
                <Fitted key={`${card.pathId} ${j}`} card={card} size={size} className={styles.wallet}>
                  {(fitted) => <WalletCard card={fitted} />}
                </Fitted>
              ))}
            </Paper>
          ))
        : cards.map((card) => (
            <Paper key={`${card.pathId} ${size}`} className={styles[sheetOf(size)]} size={size}>
              <Fitted card={card} size={size} className={styles.card}>
                {(fitted) => <PageCard card={fitted} />}
              </Fitted>
            </Paper>
          ))}
    </div>
  );
}

function Choice({ matrixId, shown, size }: { matrixId: string; shown: CallCards; size: CardSize }) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const mayContacts = useMay("export-contacts");
  const [wanted, setWanted] = useState<string | null>(null);
  const query: CallCardQuery = {
    path: params.get("path") ?? undefined,
    of: shown.inForce !== null && shown.ofDraft ? "draft" : undefined,
    size: size === "A4" ? undefined : size,
  };
  const choose = (changed: CallCardQuery) =>
    navigate(paths.callCard(matrixId, { ...query, ...changed }), { replace: true, preventScrollReset: true });
  return (
    <div data-print="hide">
      <div className={styles.head}>
        <h1>Call card</h1>
        <Field label="Path" className={styles.field}>
          <Select value={query.path ?? ""} onChange={({ target }) => choose({ path: target.value || undefined })}>
            <option value="">All paths</option>
            {shown.paths.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {shown.inForce !== null && (
          <Field label="As agreed in" className={styles.field}>
            <Select
              value={shown.ofDraft ? "draft" : ""}
              onChange={({ target }) => choose({ of: target.value === "draft" ? "draft" : undefined })}
            >
              <option value="">Version {shown.inForce}, in force</option>
              <option value="draft">The draft, not agreed</option>
            </Select>
          </Field>
        )}
        <Segmented
          label="Paper"
          className={styles.sizes}
          options={CARD_SIZES.map((value) => ({ value, label: SIZE_WORDS[value] }))}
          value={size}
          onChange={(value) => choose({ size: value })}
        />
        <div className={styles.acts}>
          <Button variant="primary" icon={<Icon of={Printer} />} onClick={() => window.print()}>
            Print
          </Button>
          <Button icon={<Icon of={Download} />} onClick={() => setWanted(paths.callCardFile(matrixId, query))}>
            Download PDF
          </Button>
          <ButtonLink variant="ghost" to={paths.escalation(matrixId, { path: query.path })}>
            {query.path ? "Open the path" : "Open the paths"}
          </ButtonLink>
        </div>
      </div>
      <p className={styles.note}>
        People and numbers are those of today. Whoever holds a printed card keeps it: print a new one when it runs out.
        {!mayContacts &&
          " The PDF leaves names and numbers out, since contacts in files are for owners; printing has them."}
      </p>
      {wanted && (
        <Suspense>
          <ExportDialog href={wanted} name="Call card" onClose={() => setWanted(null)} />
        </Suspense>
      )}
    </div>
  );
}
