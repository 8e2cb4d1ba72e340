import { useEffect, useRef, useState } from "react";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import styles from "./download-menu.module.css";

const UNREACHABLE = "The file could not be fetched. Check the connection, then try again.";

/** Downloads a file that takes long to write, and shows progress meanwhile. Closing the dialog aborts the request. */
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
      <p role="status">
        {trouble ?? "The file is being written. A large matrix takes a while; the download starts by itself."}
      </p>
      {!trouble && <progress className={styles.progress} aria-label={`Writing: ${name}`} />}
    </Dialog>
  );
}

/** Downloads an address as a file. Returns a sentence if it fails, otherwise null. */
async function fetchFile(href: string, signal: AbortSignal): Promise<string | null> {
  const answer = await fetch(href, { signal, headers: { Accept: "application/json, */*" } });
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null);
    return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string"
      ? body.message
      : UNREACHABLE;
  }
  // After the session ended, the request is redirected to the sign-in page, which has no file name.
  const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
  if (named === undefined) return "You are signed out. Reload the page and sign in again.";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = decodeURIComponent(named);
  link.click();
  // The browser still reads from this URL after the click, so it is revoked later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return null;
}
