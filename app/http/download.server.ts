import type { ExportedFile } from "~/services/pack/pack-writing.server";

/**
 * An answer that downloads a file. The name comes twice: in ASCII for old clients, and in full (RFC 6266, RFC 8187).
 */
export function download({ name, type, bytes }: ExportedFile): Response {
  const ascii = name.replace(/[^\x20-\x7E]|["\\%]/g, "_");
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(new Blob([Uint8Array.from(bytes)]), {
    headers: {
      "Content-Type": type,
      "Content-Length": String(bytes.byteLength),
      "Content-Disposition": `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
