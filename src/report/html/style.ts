import { styleFrame } from './styleFrame.ts';
import { styleParts } from './styleParts.ts';
import { stylePrint } from './stylePrint.ts';

/** The style of the page, the same for each. INVARIANT: no line of it begins as a command to a CI runner would. */
export const style = `${styleFrame}${styleParts}${stylePrint}`;

/** By which the page's policy knows the style. The core hashes nothing, so a test holds it against the text. */
export const styleHash = 'sha256-CVWaNhHcR1thAujD69c4kJYEGuOy9mkB2SbEoBPepuc=';
