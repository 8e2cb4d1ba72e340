import type { ReactNode } from "react";
import { paths } from "~/paths";
import { ButtonLink } from "../primitives/button";
import { Eye, Icon, Layers, SquareDashed, type LucideIcon } from "../primitives/icon";
import styles from "./first-run.module.css";
import { SampleForm } from "./sample-form";

/** The home page before the first engagement: three ways to begin. */
export function FirstRun({ duties, domains }: { duties: number; domains: number }) {
  return (
    <div className={styles.first}>
      <Art />
      <h1>Agree who owns what, together</h1>
      <p className={styles.lead}>
        Start with one client. Put every duty in front of both teams, settle the ones you see differently, then sign the
        result.
      </p>
      <ul className={styles.offers}>
        <Offer
          icon={Layers}
          title="Start from the co-managed library"
          note="Five starting points, from first line only to nearly everything."
          action={
            <ButtonLink to={paths.newEngagement("library")} variant="primary" size="lg" prefetch="intent">
              Use the library
            </ButtonLink>
          }
        >
          {duties} duties in {domains} domains, each with a first proposal for who answers and who does.
        </Offer>
        <Offer
          icon={SquareDashed}
          title="Start blank"
          note="One role on each side to begin with."
          action={
            <ButtonLink to={paths.newEngagement("blank")} size="lg" prefetch="intent">
              Start blank
            </ButtonLink>
          }
        >
          Name both parties and their roles, then write your own domains and duties.
        </Offer>
        <Offer
          icon={Eye}
          title="Look around first"
          note="Everything works there; the companies are made up."
          action={<SampleForm size="lg">Open the sample engagement</SampleForm>}
        >
          A client and a provider halfway through agreeing, with something still to settle.
        </Offer>
      </ul>
    </div>
  );
}

type OfferProps = { icon: LucideIcon; title: string; note: string; action: ReactNode; children: ReactNode };

function Offer({ icon, title, note, action, children }: OfferProps) {
  return (
    <li className={styles.offer}>
      <Icon of={icon} size={20} />
      <h2>{title}</h2>
      <p>{children}</p>
      <p className={styles.note}>{note}</p>
      {action}
    </li>
  );
}

function Art() {
  return (
    <svg className={styles.art} viewBox="0 0 220 72" aria-hidden="true">
      <g fill="var(--int-tint)" stroke="var(--int)" strokeWidth="1.5">
        <rect x="14" y="8" width="76" height="14" rx="3" />
        <rect x="14" y="29" width="76" height="14" rx="3" />
      </g>
      <g fill="var(--msp-tint)" stroke="var(--msp)" strokeWidth="1.5">
        <rect x="130" y="29" width="76" height="14" rx="3" />
        <rect x="130" y="50" width="76" height="14" rx="3" />
      </g>
      <path d="M110 0v72" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray="4 3" />
    </svg>
  );
}
