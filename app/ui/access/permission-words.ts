import type { Permission } from "~/domain/permissions";

/** What each permission is called and lets somebody do. */
export const PERMISSION_WORDS: Record<Permission, { name: string; meaning: string }> = {
  viewer: { name: "Viewer", meaning: "reads and downloads" },
  editor: { name: "Editor", meaning: "also edits the draft and agrees for its side" },
  signatory: { name: "Signatory", meaning: "also signs for its side" },
  owner: { name: "Owner", meaning: "also invites, publishes and archives" },
};
