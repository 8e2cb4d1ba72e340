import { useRef, useState, type DragEvent } from "react";
import { LIMITS } from "~/domain/limits";
import { FileText, Icon, LoaderCircle } from "../primitives/icon";
import styles from "./verify-page.module.css";

/** A file input that also accepts a dropped file. */
export function DropZone({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (busy || !file || !input.current) return;
    const list = new DataTransfer();
    list.items.add(file);
    input.current.files = list.files;
    onFile(file);
  }

  return (
    <label
      className={styles.zone}
      data-over={over || undefined}
      aria-busy={busy || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        name="file"
        className={styles.input}
        accept=".xlsx,.docx,.pdf,.json"
        onClick={(event) => {
          if (busy) event.preventDefault();
          // Clears the input, so that choosing the same file again, changed meanwhile, is a change event too.
          else event.currentTarget.value = "";
        }}
        onChange={({ currentTarget: { files } }) => files?.[0] && onFile(files[0])}
      />
      <Icon of={busy ? LoaderCircle : FileText} size={20} className={busy ? styles.spinner : undefined} />
      <span className={styles.call}>
        {busy ? "Checking…" : over ? "Drop it to check it" : "Choose a file, or drop it here"}
      </span>
      <span className={styles.quiet}>
        XLSX, DOCX, PDF or JSON as Demarc exported it, up to {LIMITS.checkedBytes / 1_000_000} MB
      </span>
    </label>
  );
}
