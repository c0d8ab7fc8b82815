/** Colours, type and the frame of the page. Three accents, one for each meaning; all pairs reach AA in both schemes. */
export const styleFrame = `
:root{color-scheme:light dark;--paper:#fff;--wash:#f6f6f4;--ink:#1b1c1e;--soft:#595d64;--line:#dddeda;--go:#12683a;--hold:#855400;--no:#b42318;--go-wash:#eef7f0;--hold-wash:#fdf5e4;--no-wash:#fdf0ee}
@media (prefers-color-scheme:dark){:root{--paper:#141517;--wash:#1d1f22;--ink:#e9e9e6;--soft:#a6abb3;--line:#363a3f;--go:#5fcf92;--hold:#e9b04a;--no:#ff9086;--go-wash:#14261c;--hold-wash:#2a2213;--no-wash:#321a18}}
*{box-sizing:border-box}
html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;overflow-wrap:anywhere}
main,footer{max-width:74rem;margin:0 auto;padding:0 clamp(1rem,4vw,3rem)}
h1,h2,h3,h4,h5,p,ol,ul,dl,dd,figure,table{margin:0;padding:0}
ol,ul{list-style:none}
h1,h2,h3,h4,h5{line-height:1.25;text-wrap:pretty}
h1,h2{text-wrap:balance}
p,li,dd,figcaption{max-width:75ch}
code{font:.875em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
a{color:inherit;text-decoration-thickness:1px;text-underline-offset:.2em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--ink);outline-offset:3px;border-radius:2px}
.faint,.title,.version,.notes,dt{color:var(--soft)}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-4rem;padding:.5rem 1rem;background:var(--ink);color:var(--paper);z-index:1}
.skip:focus{top:1rem}
.icon{width:1.05em;height:1.05em;flex:none;vertical-align:-.14em}
.icon path{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.icon .full{fill:currentColor;stroke:none}
.icon.full .sign{stroke:var(--paper);stroke-width:2}
.mark{font-weight:600;white-space:nowrap}
.overview .mark{white-space:normal}
.mark .icon{margin-right:.375em}
.mark+code,.mark+strong{margin-left:.375em}
.pass,.go,.fail,.no-go,.pending,.unknown,.hold{--accent:var(--soft)}
.pass,.go{--accent:var(--go);--accent-wash:var(--go-wash)}
.fail,.no-go{--accent:var(--no);--accent-wash:var(--no-wash)}
.pending,.unknown,.hold{--accent:var(--hold);--accent-wash:var(--hold-wash)}
.waived,.not-applicable{--accent:var(--soft);--accent-wash:var(--wash)}
.mark{color:var(--accent)}
.summary{display:grid;grid-template-columns:auto minmax(0,1fr);column-gap:1.25rem;row-gap:1.5rem;padding:clamp(1.5rem,4vw,3rem) 0 0}
.sign{color:var(--accent);font-size:4.25rem;line-height:1}
.sign .icon{width:1em;height:1em;display:block;vertical-align:0}
.word{display:block;color:var(--accent);font-size:clamp(2.75rem,9vw,4rem);line-height:1;font-weight:750;letter-spacing:-.025em;text-transform:uppercase}
.notes{font-size:1rem;font-weight:500;letter-spacing:0;text-transform:none}
.policy{display:block;margin-top:.5rem;font-size:1.125rem;font-weight:600}
.version{font-weight:400}
.lead{margin-top:1rem;font-size:1.25rem;line-height:1.4}
.summary .why{margin-top:.5rem;color:var(--soft)}
.facts{grid-column:1/-1;display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:1.25rem 2rem;padding:1.25rem 0;border-top:2px solid var(--accent)}
.facts dt{font-size:.8125rem}
.facts dd{font-weight:500}
.facts .distance{font-weight:700}
.distance{white-space:nowrap}
.drift{color:var(--no);font-weight:600}
.missing,.summary>table,.summary>p{grid-column:1/-1}
.missing h2,.missing h3{font-size:1.25rem}
.missing ol{margin-top:.75rem}
.missing ol>li{display:grid;grid-template-columns:7rem minmax(0,3fr) minmax(0,2fr);gap:.25rem 2rem;max-width:none;padding:1rem 0;border-top:1px solid var(--line)}
.missing ol>li:first-child{border-top:0}
.missing .why{margin-top:.25rem;font-size:.9375rem;color:var(--ink)}
.missing .mark{align-self:start}
nav{margin-top:1.5rem;padding:.75rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:.875rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}
.part{margin-top:3.5rem}
.part>h2,.part>h3{font-size:1.5rem;letter-spacing:-.01em;margin-bottom:1.25rem}
.overview~article,article+article{margin-top:4rem;border-top:4px double var(--line)}
.one .sign{font-size:2.75rem}
.one .word{font-size:2.5rem}
footer{margin-top:4rem;padding-top:1.5rem;padding-bottom:3rem;color:var(--soft);font-size:.875rem}
:target{scroll-margin-top:1rem;outline:2px solid var(--ink);outline-offset:.5rem}
`;
