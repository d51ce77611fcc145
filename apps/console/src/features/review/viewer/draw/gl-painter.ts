import { invert } from "../similarity.ts";
import { slopeOf } from "../tone.ts";
import { SIDES, type SideName } from "../viewer-state.ts";
import type { Layer, Painter, Scene } from "./scene.ts";
import { FRAGMENT, SHADER_MODE, VERTEX } from "./shader.ts";
import { createTextures, type Texture } from "./textures.ts";

/**
 * Draws with WebGL 2: both pictures in one pass of one shader, with mipmaps. Null where the browser
 * gives no such context.
 *
 * @param lost called when the graphics processor took everything away.
 */
export function createGlPainter(canvas: HTMLCanvasElement, lost: () => void): Painter | null {
  const gl = canvas.getContext("webgl2", {
    alpha: true,
    antialias: false,
    depth: false,
    premultipliedAlpha: true,
    powerPreference: "high-performance",
  });
  if (gl === null) return null;
  const program = build(gl);
  if (program === null) return null;
  const textures = createTextures(gl);
  const places = new Map<string, WebGLUniformLocation | null>();
  const at = (name: string): WebGLUniformLocation | null => {
    const known = places.get(name);
    if (known !== undefined) return known;
    const found = gl.getUniformLocation(program, name);
    places.set(name, found);
    return found;
  };
  canvas.addEventListener("webglcontextlost", lost, { once: true });

  function setLayer(side: SideName, layer: Layer | null, texture: Texture | null): void {
    if (layer === null || texture === null) {
      gl?.uniform4f(at(`${side}Curve`), 1, 0, 1, -1);
      return;
    }
    if (gl === null) return;
    const { picture, tone } = layer;
    const back = invert(layer.place);
    const [cos, sin] = [Math.cos(back.angle) * back.scale, Math.sin(back.angle) * back.scale];
    const flip = back.mirror ? -1 : 1;
    const { width, height } = picture;
    gl.uniform3f(at(`${side}U`), (flip * cos) / width, -sin / width, back.x / width);
    gl.uniform3f(at(`${side}V`), (flip * sin) / height, cos / height, back.y / height);
    // How many pixels of the largest size lie under one of the surface.
    const texels = back.scale * (texture.width / width);
    const level = Math.max(0, Math.log2(texels));
    gl.uniform1f(at(`${side}Lod`), level);
    const reach = Math.max(1, texels);
    gl.uniform2f(at(`${side}Step`), reach / texture.width, reach / texture.height);
    gl.uniform4f(
      at(`${side}Curve`),
      slopeOf(tone.contrast),
      tone.brightness,
      1 / tone.gamma,
      tone.saturation,
    );
    gl.uniform1f(at(`${side}Sharpen`), tone.sharpen);
  }

  return {
    kind: "gl",
    draw(scene) {
      if (gl.isContextLost()) return false;
      let coming = false;
      for (const [unit, side] of SIDES.entries()) {
        const layer = scene.layers[side];
        gl.activeTexture(gl.TEXTURE0 + unit);
        const texture = layer === null ? null : textures.bind(layer.picture);
        coming ||= texture?.coming ?? false;
        setLayer(side, layer, texture);
        gl.uniform1i(at(side), unit);
      }
      textures.keepOnly(SIDES.map((side) => scene.layers[side]?.picture ?? null));
      gl.viewport(0, 0, scene.width, scene.height);
      gl.uniform1i(at("mode"), SHADER_MODE[modeName(scene)]);
      gl.uniform1f(at("height"), scene.height);
      gl.uniform1f(at("edge"), scene.edge);
      gl.uniform1f(at("opacity"), scene.opacity);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
      return coming;
    },
    end() {
      canvas.removeEventListener("webglcontextlost", lost);
      textures.keepOnly([]);
      gl.getExtension("WEBGL_lose_context")?.loseContext();
    },
  };
}

function modeName({ mode, front }: Scene): keyof typeof SHADER_MODE {
  if (mode === "side" || mode === "wipe") return "left";
  if (mode === "wipe_across") return "above";
  return mode === "flicker" ? front : mode;
}

function build(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) return null;
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  // One triangle that covers the surface.
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
  const corner = gl.getAttribLocation(program, "corner");
  gl.enableVertexAttribArray(corner);
  gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
  return program;
}
