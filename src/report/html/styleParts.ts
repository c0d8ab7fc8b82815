/** The parts of the page below its first screen. */
export const styleParts = `
.steps{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr));gap:1.5rem 0}
.step{position:relative;padding:2.25rem 1.5rem 0 0}
.step>.icon{position:absolute;top:0;left:0;width:1.5rem;height:1.5rem;background:var(--paper);outline:6px solid var(--paper)}
.step:before{content:"";position:absolute;top:.75rem;left:0;right:0;border-top:2px solid var(--line)}
.step:last-child:before{right:auto;width:1.5rem}
.step.past{color:var(--ink)}
.step.past:before{border-color:var(--soft)}
.step.ahead .name{color:var(--soft)}
.step.ahead>.icon{color:var(--soft)}
.step.current .name{font-size:1.0625rem}
.step .faint{font-size:.875rem}
.road .drift{margin-top:1rem}
.bars{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:1.75rem 3rem}
.bar{display:block;width:100%;height:.5rem;margin:.5rem 0;border-radius:.25rem}
.track{fill:var(--line)}
.done{fill:var(--accent)}
.bars .faint,.spans,.broken,.words,.changes,figure .faint{font-size:.875rem}
.amount{color:var(--ink)}
.spans,.broken{color:var(--soft)}
.calendars{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:2.5rem 3rem}
.calendar h3,.calendar h4,figcaption h3,figcaption h4{font-size:1rem}
.calendar .mark{margin-right:.25em}
.calendar .faint{font-size:.875rem}
.weeks{width:100%;max-width:24rem;margin:.75rem 0;table-layout:fixed;border-collapse:separate;border-spacing:2px}
.weeks th{padding:0 0 .25rem;border:0;color:var(--soft);font-size:.75rem;font-weight:400;text-align:center}
.weeks tbody th{padding:0 .25rem 0 0;text-align:left;vertical-align:middle}
.weeks thead th:first-child{width:3.75rem}
.weeks td{height:2.75rem;padding:.125rem;border:0;text-align:center;vertical-align:middle;line-height:1.15}
.day.good{--accent:var(--go);--accent-wash:var(--go-wash)}
.day.bad{--accent:var(--no);--accent-wash:var(--no-wash)}
.day.today{--accent:var(--hold);--accent-wash:var(--hold-wash)}
.day.missing,.day.untrusted{--accent:var(--soft);--accent-wash:var(--wash)}
td.day{background:var(--accent-wash);border-radius:3px}
.day .icon{color:var(--accent)}
.weeks .icon{display:block;margin:.125rem auto 0;width:.875rem;height:.875rem}
.number{display:block;font-size:.75rem}
.legend,.buckets{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:1.5rem;font-size:.8125rem;color:var(--soft)}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:2.5rem 2rem}
figure{display:grid;grid-row:span 3;grid-template-rows:subgrid;row-gap:.5rem;align-content:start;min-width:0}
.chart{align-self:end}
.chart{display:block;width:100%;max-width:26rem;height:auto}
.chart text{font:11px system-ui,sans-serif;font-variant-numeric:tabular-nums;fill:var(--soft)}
.chart .axis{stroke:var(--soft);stroke-width:1}
.chart .samples{fill:none;stroke:var(--ink);stroke-width:1.25;stroke-linejoin:round}
.chart .sample{fill:var(--ink)}
.chart .last{fill:var(--accent)}
.chart .last-label{fill:var(--accent);font-weight:700}
.chart .bound{stroke:var(--no);stroke-width:1.25;stroke-dasharray:5 3}
.chart .bound-label{fill:var(--no)}
.chart .beyond{fill:var(--no-wash)}
.chart .change{stroke:var(--soft);stroke-width:1;stroke-dasharray:1 3}
.chart .change-mark{fill:var(--paper);stroke:var(--soft)}
.chart .change-label{font-size:9px;fill:var(--ink)}
.gate+.gate{margin-top:2.5rem}
.gate>h3,.gate>h4{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;padding-bottom:.5rem;border-bottom:2px solid var(--accent,var(--line));font-size:1.125rem}
.gate h3 .faint,.gate h4 .faint,.rule h4 .faint,.rule h5 .faint{font-weight:400;font-size:.875rem}
.note{margin-top:.5rem;font-size:.875rem;color:var(--soft)}
.rule{padding:1.25rem 0 1.5rem;border-bottom:1px solid var(--line)}
.rule h4,.rule h5{display:flex;flex-wrap:wrap;gap:.125rem .75rem;align-items:baseline;font-size:1rem}
.rule .why{margin-top:.5rem}
.parts{margin:.75rem 0 0}
.parts>li{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:0 1rem;max-width:none;padding:.375rem 0}
.pairs{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:.375rem 1rem;margin-top:.75rem;font-size:.9375rem}
.pairs dt{font-size:.875rem}
.parts{font-size:.9375rem}
@media screen and (min-width:60rem){.rule{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:0 2.5rem}.rule .pairs{margin-top:0}.rule .parts{margin:0 0 .5rem}}
.part>.pairs{margin-top:0}
details{margin-top:.75rem}
summary{padding:.375rem 0;color:var(--soft);font-size:.875rem;cursor:pointer}
table{width:100%;table-layout:fixed;border-collapse:collapse;font-size:.875rem}
caption{padding:.25rem 0;text-align:left;color:var(--soft);font-size:.875rem}
.judged h3,.judged h4{margin-top:2rem;font-size:1.0625rem}
.judged caption{padding:0}
.inputs{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr));gap:0 2rem;margin-top:.75rem;font-size:.875rem}
.inputs>div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.375rem 0;border-bottom:1px solid var(--line)}
details caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:.5rem 1.25rem .5rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--soft);font-size:.8125rem;font-weight:500}
tbody th{font-weight:600}
th .title,td .title,th .faint{display:block;font-weight:400}
.rule-cell{width:31%}
.observed-cell{width:21%}
.name-cell{width:21%}
.count-cell{width:12%}
.status-cell{width:19%}
.digest-cell{width:30%}
.by{display:block}
.digest{font-size:.75rem}
td time{font-size:.8125rem}
@media print,(min-width:48rem){.status-cell time{white-space:nowrap}}
@media screen and (max-width:47.99rem){
.summary{column-gap:.875rem;row-gap:1.5rem}
.sign{font-size:2.75rem}
.lead{font-size:1.125rem}
.answer{display:contents}
.answer h1,.answer h2{grid-column:2}
.lead,.summary .why{grid-column:1/-1;margin:0}
.facts{grid-template-columns:1fr;gap:.625rem}
.facts>div{display:grid;grid-template-columns:5.5rem minmax(0,1fr);gap:.75rem;align-items:baseline}
.missing ol>li,.parts>li{grid-template-columns:1fr}
.facts .distance{display:block}
.pairs{grid-template-columns:5.5rem minmax(0,1fr);gap:.375rem .75rem}
.steps{grid-template-columns:1fr;gap:0}
.step{padding:0 0 1.25rem 2.5rem}
.step:before,.step:last-child:before{top:0;bottom:0;left:.75rem;right:auto;width:0;border-top:0;border-left:2px solid var(--line)}
.step:last-child:before{display:none}
table:not(.weeks),table:not(.weeks) tbody,table:not(.weeks) tr,table:not(.weeks) tbody th,table:not(.weeks) td,table:not(.weeks) caption{display:block}
table:not(.weeks) thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table:not(.weeks) tr{padding:.75rem 0;border-bottom:1px solid var(--line)}
table:not(.weeks) tbody th,table:not(.weeks) td{width:auto;padding:.125rem 0;border:0}
table:not(.weeks) td{display:grid;grid-template-columns:5.5rem minmax(0,1fr);gap:.75rem}
table:not(.weeks) td:before{content:attr(data-label);color:var(--soft);font-size:.8125rem}
}
`;
