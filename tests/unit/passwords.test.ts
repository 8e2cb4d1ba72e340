import { expect, it } from "vitest";
import { checkPassword } from "~/domain/account/account";
import { commonPasswords } from "~/services/who/common-passwords.server";

const maya = { name: "Maya Lindqvist", email: "maya.lindqvist@northwind.example" };
const judged = async (password: string) => {
  const result = checkPassword(password, maya, await commonPasswords());
  return result.ok ? "fine" : result.rejection.code;
};

it.each([
  "123456qwerty",
  "1qaz2wsx3edc",
  "QWERTY123456",
  "Password2026!",
  "!!sunshine123!",
  "passwordpassword",
  "iloveyouiloveyou",
  "aaaaaaaaaaaab",
])("a password that many people have is refused: %s", async (password) => {
  expect(await judged(password)).toBe("password-easy");
});

it.each([
  "Maya Lindqvist",
  "maya.lindqvist",
  "Lindqvist-2026",
  "demarc-demarc",
  "Demarc2026!!!",
  "maya@northwind",
  "northwind1234",
  "lindqvistmaya7",
])("a password made of one's own name, address or the application's is refused: %s", async (password) => {
  expect(await judged(password)).toBe("password-easy");
});

it.each([
  "four quiet words here",
  "correct horse battery staple",
  "maya likes quiet rivers",
  "demarc keeps seven owls",
  "Xk9!vTq2#mLw",
  "пароль из четырёх слов",
  "山川草木花鳥風月雪月花道",
])("a password that is long and one's own is taken: %s", async (password) => {
  expect(await judged(password)).toBe("fine");
});

it("a word of two letters in a name rules out nothing", async () => {
  const result = checkPassword(
    "an owl on an oak in an inn",
    { name: "An On", email: "an@in.example" },
    await commonPasswords(),
  );
  expect(result.ok).toBe(true);
});
