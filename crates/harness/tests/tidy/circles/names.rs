//! The modules of a crate, and which file a name belongs to.

use std::collections::BTreeMap;
use std::path::{Path as File, PathBuf};

use super::Ties;
use super::source::{Import, Path, Source};

/// Modules by their paths from the root of the crate.
#[derive(Default)]
pub(super) struct Crate(BTreeMap<Path, Module>);

struct Module {
    file: PathBuf,
    source: Source,
}

/// Where a name is written.
struct Place {
    module: Path,
    /// Empty where it is the module itself.
    name: String,
}

impl Crate {
    /// Reads the crate whose root that file is.
    pub(super) fn read(
        root: &File,
        read: &dyn Fn(&File) -> Option<String>,
    ) -> Crate {
        let mut all = Crate::default();
        let text = read(root).unwrap_or_else(|| panic!("{}", root.display()));
        let folder = root.parent().unwrap().to_owned();
        all.add(Path::new(), root, &folder, Source::of(&text), read);
        all
    }

    fn add(
        &mut self,
        path: Path,
        file: &File,
        folder: &File,
        mut source: Source,
        read: &dyn Fn(&File) -> Option<String>,
    ) {
        let below = |name: &str| [&path[..], &[name.to_owned()]].concat();
        for name in &source.children {
            let files = [format!("{name}.rs"), format!("{name}/mod.rs")];
            let file = files.iter().map(|file| folder.join(file));
            let found = file.into_iter().find_map(|file| {
                let text = read(&file)?;
                Some((file, Source::of(&text)))
            });
            let (file, source) = found.unwrap_or_else(|| panic!("mod {name};"));
            self.add(below(name), &file, &folder.join(name), source, read);
        }
        for (name, within) in std::mem::take(&mut source.within) {
            self.add(below(&name), file, &folder.join(&name), within, read);
        }
        let file = file.to_owned();
        self.0.insert(path, Module { file, source });
    }

    /// Which names each file takes from which.
    pub(super) fn ties(&self) -> Ties {
        let mut ties = Ties::new();
        for (path, module) in &self.0 {
            let imports = module.source.imports.iter();
            let imports = imports.filter_map(|import| {
                let place = self.imported(path, &import.path)?;
                // A module that is brought in is nothing yet, and what is
                // shown of one's own children is a face.
                let own = import.shown && place.module.starts_with(path);
                (!place.name.is_empty() && !own).then_some(place)
            });
            let used = module.source.paths.iter();
            let used = used.filter_map(|used| self.named(path, used));
            for place in imports.chain(used) {
                let to = &self.0[&place.module].file;
                if *to != module.file {
                    let from = ties.entry(module.file.clone()).or_default();
                    let names = from.entry(to.clone()).or_default();
                    let module = place.module.last().cloned();
                    names.insert(match place.name.is_empty() {
                        true => module.unwrap_or_default(),
                        false => place.name,
                    });
                }
            }
        }
        ties
    }

    /// The place of a path in an import of that module; none outside of this
    /// crate.
    fn imported(&self, from: &[String], path: &[String]) -> Option<Place> {
        let first = path.first()?.as_str();
        match first {
            "crate" => self.below(Path::new(), &path[1..]),
            "self" => self.below(from.to_vec(), &path[1..]),
            "super" => {
                let up = path.iter().take_while(|part| *part == "super");
                let up = up.count();
                let to = from.len().checked_sub(up)?;
                self.below(from[..to].to_vec(), &path[up..])
            }
            name if self.has_child(from, name) => {
                self.below(from.to_vec(), path)
            }
            _ => None,
        }
    }

    /// The same of a path in its code, where imported names begin paths, too.
    fn named(&self, from: &[String], path: &[String]) -> Option<Place> {
        let first = path.first()?;
        let import = self.import(from, first);
        match import {
            Some(import) => {
                let whole = [&import.path[..], &path[1..]].concat();
                self.imported(from, &whole)
            }
            None if self.0[from].source.items.contains(first) => None,
            None => self.imported(from, path).or_else(|| {
                let globs = self.globs(from);
                globs.into_iter().find_map(|glob| self.inside(glob, path))
            }),
        }
    }

    /// The place of a path that begins in that module.
    fn below(&self, mut module: Path, path: &[String]) -> Option<Place> {
        let mut rest = path;
        while let Some((name, after)) = rest.split_first() {
            let source = &self.0.get(&module)?.source;
            let is_item = source.items.contains(name);
            if self.has_child(&module, name) && (!after.is_empty() || !is_item)
            {
                module.push(name.clone());
                rest = after;
                continue;
            }
            if !is_item {
                if let Some(import) = self.import(&module, name) {
                    let whole = [&import.path[..], after].concat();
                    return self.imported(&module, &whole);
                }
                let globs = self.globs(&module);
                let mut found =
                    globs.into_iter().map(|glob| self.inside(glob, rest));
                if let Some(place) = found.find_map(|place| place) {
                    return Some(place);
                }
            }
            return Some(Place { module, name: name.clone() });
        }
        Some(Place { module, name: String::new() })
    }

    /// The same of one that must be written in that module.
    fn inside(&self, module: Path, path: &[String]) -> Option<Place> {
        let source = &self.0.get(&module)?.source;
        let known = source.items.contains(&path[0])
            || self.import(&module, &path[0]).is_some();
        known.then(|| self.below(module, path)).flatten()
    }

    fn has_child(&self, module: &[String], name: &str) -> bool {
        self.0.contains_key(&[module, &[name.to_owned()]].concat())
    }

    fn import(&self, module: &[String], name: &str) -> Option<&Import> {
        let mut imports = self.0.get(module)?.source.imports.iter();
        imports.find(|import| import.name == name)
    }

    /// The modules of which that one brings in everything.
    fn globs(&self, module: &[String]) -> Vec<Path> {
        let imports = self.0[module].source.imports.iter();
        let globs = imports.filter(|import| import.name == "*");
        globs
            .filter_map(|glob| self.imported(module, &glob.path))
            .filter(|place| place.name.is_empty())
            .map(|place| place.module)
            .collect()
    }
}
