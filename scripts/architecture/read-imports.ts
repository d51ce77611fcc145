import { parseSync, Visitor } from "oxc-parser";

/** One import, re-export or dynamic import of a file. */
export type Import = {
  /** The text between the quotes, or undefined where it is computed and so can't be checked. */
  readonly specifier: string | undefined;
  /** Whether the whole statement is gone at run time (`import type`, `export type … from`). */
  readonly typeOnly: boolean;
  readonly line: number;
};

/** Every import in a source text; throws an Error when the text can't be parsed. */
export function readImports(path: string, source: string): Import[] {
  const { program, errors } = parseSync(path, source);
  const failure = errors[0];
  if (failure !== undefined) throw new Error(`${path} can't be parsed: ${failure.message}`);

  const imports: Import[] = [];
  const add = (specifier: string | undefined, typeOnly: boolean, start: number): void => {
    imports.push({ specifier, typeOnly, line: source.slice(0, start).split("\n").length });
  };
  new Visitor({
    // `import { type A }` counts as a value: the module is still loaded for its effects.
    ImportDeclaration(node) {
      add(node.source.value, node.importKind === "type", node.start);
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node.exportKind === "type", node.start);
    },
    ExportNamedDeclaration(node) {
      if (node.source !== null) add(node.source.value, node.exportKind === "type", node.start);
    },
    ImportExpression(node) {
      const { source: target } = node;
      if (target.type === "Literal" && typeof target.value === "string") {
        add(target.value, false, node.start);
      } else if (target.type === "TemplateLiteral" && target.expressions.length === 0) {
        add(target.quasis[0]?.value.cooked ?? undefined, false, node.start);
      } else {
        add(undefined, false, node.start);
      }
    },
    TSImportType(node) {
      add(node.source.value, true, node.start);
    },
    TSExternalModuleReference(node) {
      add(node.expression.value, false, node.start);
    },
  }).visit(program);
  return imports;
}
