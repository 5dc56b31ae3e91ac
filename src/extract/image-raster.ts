/** A picture as rows of grey pixels, and what is done with it before it is recognised. It knows no file format. */

export interface Raster {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels an inch; 0 where the file does not tell. */
  readonly dpi: number;
  /** One byte a pixel, row after row, 0 is black. */
  readonly grey: Uint8Array;
}

/** Made smaller by a whole number, so that it has at most `pixelsMax`. */
export function shrink(raster: Raster, pixelsMax: number): Raster {
  const { widthPx, heightPx, grey } = raster;
  const by = Math.ceil(Math.sqrt((widthPx * heightPx) / pixelsMax));
  if (by <= 1) return raster;
  const width = Math.floor(widthPx / by);
  const height = Math.floor(heightPx / by);
  const smaller = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let dy = 0; dy < by; dy += 1) {
        const row = (y * by + dy) * widthPx + x * by;
        for (let dx = 0; dx < by; dx += 1) sum += grey[row + dx]!;
      }
      smaller[y * width + x] = sum / (by * by);
    }
  }
  return { widthPx: width, heightPx: height, dpi: raster.dpi / by, grey: smaller };
}

/** Turned by a quarter to the right, `times` times. */
export function turn(raster: Raster, times: number): Raster {
  let turned = raster;
  for (let count = 0; count < times; count += 1) turned = turnOnce(turned);
  return turned;
}

function turnOnce({ widthPx, heightPx, dpi, grey }: Raster): Raster {
  const turned = new Uint8Array(grey.length);
  for (let y = 0; y < heightPx; y += 1) {
    const column = heightPx - 1 - y;
    for (let x = 0; x < widthPx; x += 1) turned[x * heightPx + column] = grey[y * widthPx + x]!;
  }
  return { widthPx: heightPx, heightPx: widthPx, dpi, grey: turned };
}
