/** Places that several formats have, so that they are called the same. */

/** Headers and footers by the names of their elements in a sheet (ECMA-376-1, 18.3.1.46), in the order of the binary formats. */
export function marginsOf(planting) {
  return {
    oddHeader: planting.mark('header'),
    oddFooter: planting.mark('footer'),
    evenHeader: planting.mark('header of even pages'),
    evenFooter: planting.mark('footer of even pages'),
    firstHeader: planting.mark('header of the first page'),
    firstFooter: planting.mark('footer of the first page'),
  };
}
