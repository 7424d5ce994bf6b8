/** For screen and paper; no font or picture is loaded. */
export const PAGE_STYLE = `
:root{color-scheme:light;--ink:#1c2430;--soft:#5d6878;--line:#d9dee6;--mark:#8a1f1f}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:2.5rem 1.5rem 4rem;color:var(--ink);background:#fff;font:16px/1.65 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
header{border-bottom:3px double var(--ink);padding-bottom:1.25rem}
.kind{margin:0;letter-spacing:.35em;color:var(--mark);font-weight:600}
.kind span,h2 span{letter-spacing:normal;font-weight:400;color:var(--soft);font-size:.85em}
h1{margin:.1rem 0 1rem;font-size:2.1rem;line-height:1.2;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.25rem;margin:0;font-size:.9rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:2.25rem 0 .5rem}
ol{list-style:none;margin:0;padding:0}
li{display:grid;grid-template-columns:5.5rem 1fr;border-top:1px solid var(--line);padding:.7rem 0;break-inside:avoid}
time{color:var(--soft);font-variant-numeric:tabular-nums}
p{margin:0}
.says{font-weight:600}
.en,.who,.why,.closed{font-size:.86rem;color:var(--soft)}
.why{color:var(--ink)}
.late{margin-left:1em;color:var(--mark)}
.closed{font-style:normal;border-left:3px solid var(--line);padding-left:.6rem;margin-top:.25rem}
dl.open{margin:.35rem 0;padding:.4rem .7rem;background:#f5f6f8;border-left:3px solid var(--mark)}
.proof{font:12px/1.5 ui-monospace,Consolas,monospace;color:#8b95a3;margin-top:.2rem;overflow-wrap:anywhere}
footer{margin-top:3rem;border-top:1px solid var(--ink);font-size:.9rem}
code{font-family:ui-monospace,Consolas,monospace;font-size:.92em}
@media (max-width:34rem){li{grid-template-columns:1fr}dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
@media print{body{padding:0;max-width:none;font-size:11pt}}
`;
