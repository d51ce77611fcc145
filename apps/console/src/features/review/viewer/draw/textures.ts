import type { Level, Picture } from "../viewer-state.ts";

/** A picture on the graphics processor. */
export interface Texture {
  /** Its largest size, in pixels; smaller than the picture's where no texture is that large. */
  readonly width: number;
  readonly height: number;
  /** A finer size follows with the next frame. */
  readonly coming: boolean;
}

interface Entry {
  readonly texture: WebGLTexture;
  readonly levels: readonly Level[];
  /** The finest level that is there; the count of levels while there is none. */
  finest: number;
  version: number;
}

export interface Textures {
  /** Binds a picture's texture to the active unit, bringing up at most one more size of it. */
  readonly bind: (picture: Picture) => Texture | null;
  /** Frees the others. */
  readonly keepOnly: (pictures: readonly (Picture | null)[]) => void;
}

/**
 * Sizes go up from the smallest, one a frame: a picture of 12 megapixels is there at once, and no
 * frame waits for all of it.
 */
export function createTextures(gl: WebGL2RenderingContext): Textures {
  const most = Number(gl.getParameter(gl.MAX_TEXTURE_SIZE));
  const entries = new Map<Level["image"], Entry>();

  function add(picture: Picture, image: Level["image"]): Entry {
    const fitting = picture.levels.filter((level) => Math.max(level.width, level.height) <= most);
    const entry = {
      texture: gl.createTexture(),
      levels: fitting,
      finest: fitting.length,
      version: -1,
    };
    entries.set(image, entry);
    gl.bindTexture(gl.TEXTURE_2D, entry.texture);
    const [first] = fitting;
    if (first !== undefined) {
      // A clip comes in one size; its smaller ones are made there, with each frame.
      const most = Math.floor(Math.log2(Math.max(first.width, first.height))) + 1;
      const count = fitting.length === 1 ? most : fitting.length;
      gl.texStorage2D(gl.TEXTURE_2D, count, gl.RGBA8, first.width, first.height);
    }
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    return entry;
  }

  function bringUp(entry: Entry, index: number): void {
    const level = entry.levels[index];
    if (level === undefined) return;
    gl.texSubImage2D(gl.TEXTURE_2D, index, 0, 0, gl.RGBA, gl.UNSIGNED_BYTE, level.image);
    entry.finest = index;
  }

  return {
    bind(picture) {
      const image = picture.levels[0]?.image;
      if (image === undefined) return null;
      const entry = entries.get(image) ?? add(picture, image);
      gl.bindTexture(gl.TEXTURE_2D, entry.texture);
      const [first] = entry.levels;
      if (first === undefined) return null;
      const moves = entry.levels.length === 1;
      if (moves && entry.version !== picture.version) {
        bringUp(entry, 0);
        gl.generateMipmap(gl.TEXTURE_2D);
      } else if (entry.finest > 0) {
        bringUp(entry, entry.finest - 1);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_BASE_LEVEL, entry.finest);
      }
      entry.version = picture.version;
      const shown = entry.levels[entry.finest] ?? first;
      return { width: shown.width, height: shown.height, coming: entry.finest > 0 };
    },
    keepOnly(pictures) {
      const kept = new Set(pictures.map((picture) => picture?.levels[0]?.image));
      for (const [image, entry] of entries) {
        if (kept.has(image)) continue;
        gl.deleteTexture(entry.texture);
        entries.delete(image);
      }
    },
  };
}
