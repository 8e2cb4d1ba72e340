import { chromium } from "playwright-core";
const url = process.argv[2]; const list = JSON.parse(process.argv[3]);
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-background-networking","--disable-component-update","--disable-sync","--no-first-run","--disable-quic"] });
for (const [name, path, w, h, dark, act] of list) {
  const p = await b.newPage({ viewport: { width: w, height: h }, colorScheme: dark ? "dark" : "light" });
  p.on("console", m => { if (["error","warning"].includes(m.type())) console.log(name, m.type(), m.text().slice(0, 300)); });
  p.on("pageerror", e => console.log(name, "pageerror", e.message.slice(0, 400)));
  await p.goto(url + path); await p.waitForTimeout(900);
  if (act) await eval(`(async()=>{${act}})()`);
  await p.waitForTimeout(300);
  await p.screenshot({ path: `/tmp/shots/${name}.png` }); await p.close();
}
await b.close();
