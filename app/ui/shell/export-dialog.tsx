import { useEffect, useRef, useState } from "react";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/dialog";
import styles from "./download-menu.module.css";

const UNREACHABLE = "The file could not be fetched. Check the connection, then try again.";

/** Fetches a file that takes a while to write, says so, and hands it over. Closing it ends the writing too. */
export function ExportDialog({ href, name, onClose }: { href: string; name: string; onClose: () => void }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const close = useRef(onClose);
  useEffect(() => void (close.current = onClose), [onClose]);

  useEffect(() => {
    const cancelled = new AbortController();
    setTrouble(null);
    fetchFile(href, cancelled.signal).then(
      (problem) => (problem === null ? close.current() : setTrouble(problem)),
      () => cancelled.signal.aborted || setTrouble(UNREACHABLE),
    );
    return () => cancelled.abort();
  }, [href, attempt]);

  return (
    <Dialog
      open
      size="sm"
      title={trouble ? "Nothing was downloaded" : `Writing: ${name}`}
      onClose={onClose}
      footer={
        <>
          {trouble && (
            <Button variant="primary" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </Button>
          )}
          <Button onClick={onClose}>{trouble ? "Close" : "Cancel"}</Button>
        </>
      }
    >
      <p role="status">{trouble ?? "The file is being written. A large matrix takes a while; the download starts by itself."}</p>
      {!trouble && <progress className={styles.progress} aria-label={`Writing: ${name}`} />}
    </Dialog>
  );
}

/** Saves what an address gives as a file; says what went wrong, or null. */
async function fetchFile(href: string, signal: AbortSignal): Promise<string | null> {
  const answer = await fetch(href, { signal, headers: { Accept: "application/json, */*" } });
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null);
    return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string" ? body.message : UNREACHABLE;
  }
  // Somebody signed out meanwhile is led to the page to sign in.
  const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
  if (named === undefined) return "You are signed out. Reload the page and sign in again.";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = decodeURIComponent(named);
  link.click();
  // A browser reads the file from this address for a moment after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return null;
}
