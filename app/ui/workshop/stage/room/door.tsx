import { paths } from "~/paths";
import type { DoorShown } from "~/domain/workshop/view/live";
import type { RoomView } from "~/domain/workshop/view/view-types";
import { Button } from "../../../primitives/button";
import { QrPicture } from "../../../primitives/qr-picture";
import type { Asking } from "../../use-asking";
import styles from "./room.module.css";

/** How one joins: the picture and the digits while the door is open, unless they stand in the middle. */
export function Door({
  door,
  room,
  inMiddle,
  asking,
}: {
  door: DoorShown;
  room: RoomView;
  inMiddle: boolean;
  asking: Asking;
}) {
  const { doorOpen } = room;
  return (
    <section className={styles.door} aria-label="The door">
      {doorOpen && !inMiddle && (
        <>
          <QrPicture qr={door.qr} label="QR code to join on a phone" className={styles.qr} />
          <JoinWords door={door} />
        </>
      )}
      <div className={styles.doorOf}>
        {!doorOpen && (
          <p className={styles.quiet}>The door is closed. Whoever has the link can still ask to come in.</p>
        )}
        <Button size="sm" onClick={() => void asking.run({ type: "door", open: !doorOpen })}>
          {doorOpen ? "Close the door" : "Open the door"}
        </Button>
      </div>
    </section>
  );
}

/** The digits, and where they are typed in. */
export function JoinWords({ door: { code, link } }: { door: DoorShown }) {
  return (
    <div className={styles.join}>
      <p className={styles.quiet}>Join on your phone</p>
      {code !== null && (
        <p className={styles.code} aria-label={`Digits to join: ${[...code].join(" ")}`}>
          {code.slice(0, 3)} {code.slice(3)}
        </p>
      )}
      <p className={styles.quiet}>
        {new URL(link).host}
        <wbr />
        {paths.join()}
      </p>
    </div>
  );
}
