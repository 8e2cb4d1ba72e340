import type { ReactNode } from "react";

type ItemFace = {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
  tone?: "plain" | "alert";
};
/** An entry does something, or leads to a file or page; `separated` draws a line above it. */
export type MenuItem = ItemFace & { separated?: boolean } & (
    { onSelect: () => void; href?: undefined } | { href: string; download?: boolean; onSelect?: undefined }
  );
