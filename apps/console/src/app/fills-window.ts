/** The handle of a route whose screen fills the window instead of scrolling with it. */
export const FILLS_WINDOW = "fills-window";
