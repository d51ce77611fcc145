import { LUMA } from "../tone.ts";

export const VERTEX = `#version 300 es
in vec2 corner;
void main() { gl_Position = vec4(corner, 0.0, 1.0); }`;

/** Reading a side: its texture, where a point of the surface lies in it, and its tone. */
function side(name: string): string {
  return `
uniform sampler2D ${name};
uniform vec3 ${name}U;
uniform vec3 ${name}V;
uniform vec2 ${name}Step;
uniform float ${name}Lod;
uniform vec4 ${name}Curve;
uniform float ${name}Sharpen;
vec4 ${name}At(vec2 at) {
  vec2 uv = vec2(dot(${name}U, vec3(at, 1.0)), dot(${name}V, vec3(at, 1.0)));
  if (uv.x < 0.0 || uv.y < 0.0 || uv.x > 1.0 || uv.y > 1.0 || ${name}Curve.w < 0.0) return vec4(0.0);
  vec3 colour = textureLod(${name}, uv, ${name}Lod).rgb;
  if (${name}Sharpen > 0.0) {
    vec2 x = vec2(${name}Step.x, 0.0);
    vec2 y = vec2(0.0, ${name}Step.y);
    vec3 around = textureLod(${name}, uv - x, ${name}Lod).rgb + textureLod(${name}, uv + x, ${name}Lod).rgb
      + textureLod(${name}, uv - y, ${name}Lod).rgb + textureLod(${name}, uv + y, ${name}Lod).rgb;
    colour = clamp(colour + ${name}Sharpen * (colour - around / 4.0), 0.0, 1.0);
  }
  colour = (colour - 0.5) * ${name}Curve.x + 0.5 + ${name}Curve.y;
  colour = clamp(pow(max(colour, 0.0), vec3(${name}Curve.z)), 0.0, 1.0);
  float luma = dot(colour, vec3(${LUMA.join(", ")}));
  return vec4(clamp(luma + (colour - luma) * ${name}Curve.w, 0.0, 1.0), 1.0);
}`;
}

/** The modes as the shader numbers them. */
export const SHADER_MODE = {
  left: 0,
  above: 1,
  overlay: 2,
  probe: 3,
  candidate: 4,
  difference: 5,
} as const;

export const FRAGMENT = `#version 300 es
precision highp float;
${side("probe")}
${side("candidate")}
uniform int mode;
uniform float height;
uniform float edge;
uniform float opacity;
out vec4 shown;
void main() {
  vec2 at = vec2(gl_FragCoord.x, height - gl_FragCoord.y);
  if (mode == 3 || (mode == 0 && at.x < edge) || (mode == 1 && at.y < edge)) {
    shown = probeAt(at);
  } else if (mode == 4 || mode == 0 || mode == 1) {
    shown = candidateAt(at);
  } else {
    vec4 below = probeAt(at);
    vec4 above = candidateAt(at);
    if (mode == 5) {
      float both = below.a * above.a;
      shown = vec4(abs(below.rgb - above.rgb) * both, both);
    } else {
      shown = mix(below, above, opacity * above.a);
    }
  }
}`;
