import { paths } from "~/paths";
import { Button, type ButtonProps } from "../primitives/button";
import { Form, useNavigation } from "../primitives/router";
import styles from "./sample-form.module.css";

/** Opens the sample engagement, which is created on first use. */
export function SampleForm({ children, size, variant }: Pick<ButtonProps, "children" | "size" | "variant">) {
  const opening = useNavigation().formAction === paths.sample();
  return (
    <Form method="post" action={paths.sample()} className={styles.form}>
      <Button type="submit" size={size} variant={variant} loading={opening} className={styles.button}>
        {children}
      </Button>
    </Form>
  );
}
