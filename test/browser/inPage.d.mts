export function elementsShown(): { name: string; attributes: string[]; href: string }[];
export function stickingOut(): string[];
export function scrollWidth(): number;
export function shownText(): string;
export function wordCase(): string;
export function background(): string;
export function blocks(): { name: string; whole: string; height: number }[];
export function drawnWhenFolded(): string[];
export function focused(): { name: string; x: number; y: number; open?: boolean };
