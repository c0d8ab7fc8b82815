// What the tests ask in the page itself: a browser runs these functions, so each stands alone.

/** Each element with the names of its attributes and where it leads. */
export function elementsShown() {
  return [...document.querySelectorAll('*')].map((element) => ({
    name: element.localName,
    attributes: [...element.attributes].map(({ name }) => name),
    href: element.getAttribute('href') ?? '#',
  }));
}

/** What sticks out on the right; `unseen` is for those who do not see the page. */
export function stickingOut() {
  const right = document.documentElement.clientWidth + 1;
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.closest('.unseen, .skip, svg, thead, caption') === null)
    .filter((element) => element.getBoundingClientRect().right > right)
    .map((element) => `${element.localName}.${element.className}`);
}

export function scrollWidth() {
  return document.documentElement.scrollWidth;
}

export function shownText() {
  return document.body.textContent;
}

/** The style is let in: it alone writes the decision in capitals. */
export function wordCase() {
  return getComputedStyle(document.querySelector('.word')).textTransform;
}

export function background() {
  return getComputedStyle(document.documentElement).backgroundColor;
}

/** Blocks that paper should not cut. */
export function blocks() {
  const names = 'tr, li, figure, .calendar, .facts > div, .inputs > div, .pairs dd, .rule, .step';
  return [...document.querySelectorAll(names)]
    .filter((element) => element.closest('nav') === null)
    .map((element) => ({
      name: `${element.localName}.${element.className}`,
      whole: getComputedStyle(element).breakInside,
      height: element.getBoundingClientRect().height,
    }));
}

/** Folds everything, and says of each fold whether what is in it is drawn all the same. */
export function drawnWhenFolded() {
  const folds = [...document.querySelectorAll('details')];
  for (const details of folds) details.open = false;
  return folds.map((details) => getComputedStyle(details, '::details-content').contentVisibility);
}

/** Of the element in focus: its class or name, and whether the fold that it opens is open. */
export function focused() {
  const element = document.activeElement;
  const name = element.getAttribute('class') ?? element.localName;
  const { x, y } = element.getBoundingClientRect();
  return { name, x, y, open: element.parentElement?.open };
}
