/** Browsers by what they say of themselves, those before others as which they also pass. */
const BROWSERS: readonly (readonly [sign: RegExp, name: string])[] = [
  [/\bEdg(?:e|A|iOS)?\b/, "Edge"],
  [/\bOPR\b|\bOpera\b/, "Opera"],
  [/\bSamsungBrowser\b|\bSamsung Internet\b/, "Samsung Internet"],
  [/\bFirefox\b|\bFxiOS\b/, "Firefox"],
  [/\bChrome\b|\bChromium\b|\bCriOS\b|\bHeadlessChrome\b/, "Chrome"],
  [/\bSafari\b/, "Safari"],
];
const SYSTEMS: readonly (readonly [sign: RegExp, name: string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b|\bChromeOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b|\bmacOS\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** A browser in words, such as "Firefox on Windows", from what it says of itself. Such words stay what they are. */
export function browserWords(said: string): string {
  if (said === "") return "";
  const name = BROWSERS.find(([sign]) => sign.test(said))?.[1] ?? "Another browser";
  const system = SYSTEMS.find(([sign]) => sign.test(said))?.[1];
  return system === undefined ? name : `${name} on ${system}`;
}
