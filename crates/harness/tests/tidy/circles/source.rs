//! What a source file says: its modules, its imports, the paths it uses.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item, UseTree, Visibility};

/// The names of a path, such as `crate`, `run`, `plan`.
pub(super) type Path = Vec<String>;

/// A module as it is written.
#[derive(Default)]
pub(super) struct Source {
    /// Modules with a file of their own.
    pub(super) children: Vec<String>,
    /// Modules that are written in it.
    pub(super) within: Vec<(String, Source)>,
    pub(super) imports: Vec<Import>,
    /// What it defines.
    pub(super) items: BTreeSet<String>,
    /// What it names outside of imports.
    pub(super) paths: Vec<Path>,
}

/// A name that is brought in.
pub(super) struct Import {
    /// What it is called here; `*` where it is all.
    pub(super) name: String,
    pub(super) path: Path,
    /// Whether others see it here.
    pub(super) shown: bool,
}

impl Source {
    pub(super) fn of(text: &str) -> Source {
        Source::of_items(&syn::parse_file(text).unwrap().items)
    }

    fn of_items(items: &[Item]) -> Source {
        let mut source = Source::default();
        for item in items {
            if attributes(item).iter().any(is_for_tests) {
                continue;
            }
            match item {
                Item::Use(import) => {
                    let shown = !matches!(import.vis, Visibility::Inherited);
                    let imports = &mut source.imports;
                    flatten(&import.tree, &mut Vec::new(), shown, imports);
                }
                Item::Mod(module) => {
                    let name = module.ident.to_string();
                    match &module.content {
                        None => source.children.push(name),
                        Some((_, items)) => {
                            let within = Source::of_items(items);
                            source.within.push((name, within));
                        }
                    }
                }
                other => {
                    source.items.extend(defined(other));
                    Paths(&mut source.paths).visit_item(other);
                }
            }
        }
        source
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let list = attribute.meta.require_list();
    attribute.path().is_ident("cfg")
        && list.is_ok_and(|list| list.tokens.to_string() == "test")
}

fn defined(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// Every name of a tree of imports.
fn flatten(
    tree: &UseTree,
    before: &mut Path,
    shown: bool,
    to: &mut Vec<Import>,
) {
    let import = |name: String, path: Path| Import { name, path, shown };
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, shown, to);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            let name = before.last().cloned().unwrap_or_default();
            to.push(import(name, before.clone()));
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            let path =
                [before.as_slice(), std::slice::from_ref(&name)].concat();
            to.push(import(name, path));
        }
        UseTree::Rename(rename) => {
            let name = rename.ident.to_string();
            let path = [before.as_slice(), &[name]].concat();
            to.push(import(rename.rename.to_string(), path));
        }
        UseTree::Glob(_) => to.push(import("*".to_owned(), before.clone())),
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, before, shown, to);
            }
        }
    }
}

/// Gathers the paths of code. A name alone in small letters may be a local
/// variable, unless it is called.
struct Paths<'a>(&'a mut Vec<Path>);

impl Paths<'_> {
    fn add(&mut self, path: Path, called: bool) {
        let is_large = |name: &String| name.starts_with(char::is_uppercase);
        if path.len() > 1 || called || path.iter().all(is_large) {
            self.0.push(path);
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add(names(path), false);
        visit::visit_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let Expr::Path(path) = &*call.func {
            self.add(names(&path.path), true);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, code: &'ast syn::Macro) {
        for (path, called) in written(&code.tokens.to_string()) {
            self.add(path, called);
        }
    }
}

fn names(path: &syn::Path) -> Path {
    path.segments.iter().map(|part| part.ident.to_string()).collect()
}

/// The paths in the text of a macro's input, and whether each is called.
fn written(tokens: &str) -> Vec<(Path, bool)> {
    let mut paths = Vec::new();
    // Where text in quotes ends, code goes on.
    for code in tokens.replace("\\\"", "").split('"').step_by(2) {
        let code = code.replace(" :: ", "::");
        let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
        let mut rest = code.as_str();
        while let Some(start) = rest.find(part) {
            let text = &rest[start..];
            let end = text.find(|c| !part(c)).unwrap_or(text.len());
            let path: Path =
                text[..end].split("::").map(str::to_owned).collect();
            rest = &text[end..];
            // Behind a point stands a method or a field.
            if !code[..code.len() - text.len()].trim_end().ends_with('.') {
                paths.push((path, rest.trim_start().starts_with('(')));
            }
        }
    }
    paths
}
