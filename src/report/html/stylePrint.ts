/** On paper: A4, dark on white whatever the scheme, nothing cut, nothing folded away. */
export const stylePrint = `
@page{size:A4;margin:16mm 15mm}
@media print{
:root{color-scheme:light;--paper:#fff;--wash:#f6f6f4;--ink:#1b1c1e;--soft:#595d64;--line:#c9cac6;--go:#12683a;--hold:#855400;--no:#b42318;--go-wash:#eef7f0;--hold-wash:#fdf5e4;--no-wash:#fdf0ee}
html{font-size:9.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main,footer{max-width:none;padding:0}
nav,.skip{display:none}
.summary{padding-top:0}
.part{margin-top:2rem}
.steps{grid-template-columns:repeat(4,1fr)}
.charts,.calendars,.bars{grid-template-columns:repeat(2,minmax(0,1fr));gap:1.25rem 2rem}
tr,li,figure,.calendar,.facts>div,.inputs>div,.pairs dt,.pairs dd,.rule,.step{break-inside:avoid}
h1,h2,h3,h4,h5,caption,summary{break-after:avoid}
p{orphans:3;widows:3}
thead{display:table-header-group}
article+article{break-before:page;margin-top:0;border-top:0}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none}
a{text-decoration:none}
}
`;
