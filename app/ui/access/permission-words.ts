import type { Permission } from "~/domain/permissions";

/** What each permission is called and lets somebody do. */
export const PERMISSION_WORDS: Record<Permission, { name: string; called: string; meaning: string }> = {
  viewer: { name: "Viewer", called: "a viewer", meaning: "reads and downloads" },
  editor: { name: "Editor", called: "an editor", meaning: "also edits the draft and agrees for its side" },
  signatory: { name: "Signatory", called: "a signatory", meaning: "also signs for its side" },
  owner: { name: "Owner", called: "an owner", meaning: "also invites, publishes and archives" },
};
