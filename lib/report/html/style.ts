/** Colours by role, light and dark; every pair of text and ground has a contrast of 4.5 or more. */
const COLOURS = `
:root{color-scheme:light dark;--ground:#f4f6f9;--card:#fff;--ink:#152030;--soft:#526074;--line:#d5dce5;--link:#0a5cad;--code:#eef2f7;
--fine:#14713f;--must-fix:#b3201a;--should-fix:#855300;--not-checked:#5248b5;--note:#526074;
--fine-wash:#e3f4ea;--must-fix-wash:#fde8e6;--should-fix-wash:#fbf0d9;--not-checked-wash:#ecebfb;--note-wash:#eaeef3}
@media(prefers-color-scheme:dark){:root{--ground:#0e131a;--card:#161d27;--ink:#e6ebf2;--soft:#a3afbf;--line:#2c3746;--link:#79b8ff;--code:#0b1017;
--fine:#5bd197;--must-fix:#ff8a82;--should-fix:#e8bd5a;--not-checked:#b3b0ff;--note:#a3afbf;
--fine-wash:#12291d;--must-fix-wash:#371a1a;--should-fix-wash:#2f2610;--not-checked-wash:#211f3d;--note-wash:#1e2732}}`;

const PAGE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:var(--link)}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.skip{position:absolute;left:-999px}.skip:focus{left:16px;top:8px;background:var(--card);padding:8px 12px;border-radius:6px;z-index:2}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
header,main,footer{max-width:1160px;margin:0 auto;padding:0 20px}
header{padding-top:36px;padding-bottom:4px}
h1{font-size:28px;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em}
h2{font-size:21px;line-height:1.3;margin:44px 0 12px;overflow-wrap:anywhere}
h3{font-size:17px;margin:0 0 4px;overflow-wrap:anywhere}
h4{font-size:15px;line-height:1.4;margin:0}
p{margin:0 0 10px;max-width:76ch}
.meta{color:var(--soft);margin:0;overflow-wrap:anywhere}
.verdict{font-size:18px;font-weight:600;margin:18px 0 0}
.card{position:relative;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px;margin:0 0 16px}
footer{color:var(--soft);font-size:14px;padding-top:24px;padding-bottom:48px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.badge{display:inline-flex;align-items:center;gap:6px;white-space:nowrap;font-size:13px;font-weight:600;line-height:1;padding:5px 9px;border-radius:99px}
.badge svg{width:13px;height:13px;flex:none}
${['fine', 'must-fix', 'should-fix', 'not-checked', 'note']
  .map((state) => `.s-${state}{color:var(--${state});background:var(--${state}-wash)}`)
  .join('')}
@media(max-width:640px){header,main,footer{padding-left:16px;padding-right:16px}h1{font-size:24px}.card{padding:16px}}
@media print{body{background:#fff}.tools,.copy,.skip{display:none!important}.card,tr{break-inside:avoid}details{display:block}}`;

const PARTS = `
.tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:0 0 12px}
.tools[hidden]{display:none}
.tools input{flex:1 1 200px;min-width:0;font:inherit;padding:8px 12px;border:1px solid var(--soft);border-radius:8px;background:var(--card);color:var(--ink)}
button{font:inherit;cursor:pointer;color:inherit}
.chip{font-size:14px;border:1px solid var(--line);background:var(--card);color:var(--soft);border-radius:99px;padding:6px 12px}
.chip[aria-pressed=true]{color:var(--ink);border-color:var(--ink);font-weight:600}
table.checks{width:100%;border-collapse:collapse;font-size:15px}
.checks th{text-align:left;padding:0;border-bottom:1px solid var(--line);vertical-align:bottom;white-space:nowrap}
.checks th button{all:unset;box-sizing:border-box;display:inline-block;cursor:pointer;padding:8px 10px;font-weight:600;font-size:14px;color:var(--soft)}
.checks th button:focus-visible{outline:3px solid var(--link)}
.checks th button::after{content:"";display:inline-block;width:1em;padding-left:4px}
.checks th[aria-sort=ascending] button::after{content:"\\2191" / ""}
.checks th[aria-sort=descending] button::after{content:"\\2193" / ""}
.checks td{padding:9px 10px;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
.checks tr:last-child td{border-bottom:0}
.checks td:first-child,.checks td:nth-child(2){width:1%;white-space:nowrap}
.checks td:nth-child(3){width:24%}
.checks .where{color:var(--soft)}
.none{color:var(--soft);padding:12px 10px}
@media(max-width:640px){.checks thead:not(:focus-within){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.checks thead tr{display:flex;flex-wrap:wrap}.checks th{border:0}.checks tbody tr{display:grid;grid-template-columns:auto 1fr;gap:2px 10px;padding:10px 0;border-bottom:1px solid var(--line)}
.checks td,.checks tr:last-child td{border:0;padding:0}.checks td:first-child{width:auto}.checks td:nth-child(2){width:auto;white-space:normal}.checks td:nth-child(3){width:auto}.checks td:nth-child(n+3){grid-column:1/-1}}
.route{margin:16px 0 4px}
.route svg{display:block;width:100%;height:auto}
.route .tall{display:none}
@media(max-width:900px){.route .wide{display:none}.route .tall{display:block;max-width:460px}}
.route text{font:600 13px system-ui,sans-serif;fill:var(--ink)}
.route .what{font-weight:400;fill:var(--soft);font-size:12.5px}
.route .link{stroke:var(--soft);stroke-width:2.5}
.route .beyond{stroke-dasharray:2 7;opacity:.7}
.route .broken{stroke:var(--must-fix);stroke-width:3;fill:none;stroke-linecap:round;stroke-linejoin:round}
${['fine', 'must-fix', 'should-fix', 'not-checked']
  .map((state) => `.n-${state}{fill:var(--${state}-wash);stroke:var(--${state})}.m-${state}{stroke:var(--${state})}`)
  .join('')}
.node{stroke-width:2.5}.mark{fill:none;stroke-width:2.5;stroke-linecap:round;stroke-linejoin:round}
.n-not-checked{stroke-dasharray:4 4}
dl.stops{display:grid;grid-template-columns:max-content max-content 1fr;gap:6px 14px;align-items:center;margin:14px 0 0;font-size:15px}
dl.stops>div{display:contents}
dl.stops dt{font-weight:600}dl.stops dd{margin:0;overflow-wrap:anywhere}
dl.stops dd.what{color:var(--soft)}
@media(max-width:900px){dl.stops{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
.fault{border:1px solid var(--line);border-left:4px solid var(--tone);border-radius:10px;padding:14px 16px;margin:14px 0 0}
${['must-fix', 'should-fix', 'not-checked', 'note'].map((state) => `.t-${state}{--tone:var(--${state})}`).join('')}
.fault .head{display:flex;flex-wrap:wrap;gap:6px 10px;align-items:center;margin-bottom:8px}
.fault ul.evidence{margin:0 0 10px;padding:0;list-style:none;color:var(--soft);font-size:14px;overflow-wrap:anywhere}
.code{font-size:13px;color:var(--soft)}
.command{position:relative;margin:0 0 10px}
.command pre{margin:0;background:var(--code);border:1px solid var(--line);border-radius:8px;padding:12px 84px 12px 12px;white-space:pre-wrap;overflow-wrap:anywhere}
.copy{position:absolute;top:7px;right:7px;font-size:13px;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:4px 10px}
@media(max-width:640px){.command pre{padding:44px 12px 12px}}
.copy:hover,.chip:hover{border-color:var(--ink)}
.keeper{font-size:14px;margin:0 0 8px;color:var(--soft)}
.keeper b{color:var(--ink)}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:16px;margin-top:18px}
figure{margin:0;min-width:0}figcaption{font-size:14px;font-weight:600;margin-bottom:4px}
.plot{display:block;width:100%;height:auto}
.plot text{font:11.5px system-ui,sans-serif;fill:var(--soft)}
.plot .grid{stroke:var(--line)}.plot .l0{stroke:var(--link)}.plot .l1{stroke:var(--should-fix);stroke-dasharray:5 3}
.plot polyline{fill:none;stroke-width:2;stroke-linejoin:round}
.key{font-size:13px;font-weight:400;color:var(--soft)}
.toc{display:flex;flex-wrap:wrap;gap:8px;padding:0;margin:18px 0 0;list-style:none}
.toc a{display:inline-flex;gap:8px;align-items:center;text-decoration:none;background:var(--card);border:1px solid var(--line);border-radius:99px;padding:5px 12px 5px 6px;color:var(--ink);overflow-wrap:anywhere}
.toc a:hover{border-color:var(--ink)}`;

export const STYLE = `${COLOURS}${PAGE}${PARTS}`.replaceAll('\n', '');
