#![expect(clippy::print_stdout, reason = "x")]
use demo::labelled::{Relation, labelled};
use governance::duplicates::{Pair, Settings, measure, score};
fn objective(pairs: &[Pair], s: &Settings) -> f64 {
    if !s.is_sound() {
        return -1.0;
    }
    let m = measure(pairs, s);
    // average precision + best F1
    let mut ap = 0.0;
    let mut last = 0.0;
    let mut f1: f64 = 0.0;
    for t in (1..=100u8).rev() {
        let r = m.at(t);
        let (p, rc) = (r.precision().unwrap_or(1.0), r.recall().unwrap());
        ap += p * (rc - last);
        last = rc;
        f1 = f1.max(2.0 * p * rc / (p + rc));
    }
    ap * 0.5 + f1
}
fn main() {
    let train: Vec<Pair> = labelled(1, 10000).iter().map(|l| l.pair()).collect();
    let mut s = Settings::default();
    if std::env::args().any(|a| a == "show") {
        for l in labelled(1, 40) {
            println!(
                "{:?}\n  {} | {} {:?}\n  {} | {} {:?}\n  {:?}",
                l.relation,
                l.old.text,
                l.old.address,
                l.old.class,
                l.new.text,
                l.new.address,
                l.new.class,
                score(&l.pair().new, &l.pair().old, &s)
            );
        }
    }
    let report = |s: &Settings, name: &str| {
        for (seed, n) in [(1u64, 6000usize), (2, 20000)] {
            let set = labelled(seed, n);
            let pairs: Vec<Pair> = set.iter().map(|l| l.pair()).collect();
            let m = measure(&pairs, s);
            println!("{name} seed {seed}: {} pairs", m.pairs());
            for r in m.rates() {
                println!(
                    "  {:3} P {:.3} R {:.3}",
                    r.threshold,
                    r.precision().unwrap_or(0.0),
                    r.recall().unwrap()
                );
            }
            if seed == 2 {
                for rel in Relation::ALL {
                    let (mut n, mut hit) = (0, 0);
                    for (l, p) in set.iter().zip(&pairs) {
                        if l.relation == rel {
                            n += 1;
                            if score(&p.new, &p.old, s).points >= s.possible {
                                hit += 1;
                            }
                        }
                    }
                    println!("  {rel:?}: {hit}/{n} = {:.3}", hit as f64 / n as f64);
                }
            }
        }
    };
    report(&s, "before");
    if !std::env::args().any(|a| a == "tune") {
        return;
    }
    let mut best = objective(&train, &s);
    use rand::{RngExt as _, SeedableRng as _};
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(std::env::args().nth(2).and_then(|a| a.parse().ok()).unwrap_or(0));
    let evals: u32 = std::env::args().nth(3).and_then(|a| a.parse().ok()).unwrap_or(6000);
    for round in 0..evals {
        let mut t = s.clone();
        for _ in 0..rng.random_range(1..=3) {
            let size = *[1i32, 2, 4, 8, 16].get(rng.random_range(0..5usize)).unwrap();
            let d = if rng.random_bool(0.5) { size } else { -size };
            let k = rng.random_range(0..25usize);
            let mut u8s: Vec<(&mut u8, i32)> = vec![(&mut t.points.distance, 60), (&mut t.points.time, 30), (&mut t.points.class_same, 40), (&mut t.points.class_major, 40), (&mut t.points.text, 60), (&mut t.points.number, 40), (&mut t.points.component, 50), (&mut t.points.photo, 50), (&mut t.against.distance, 60), (&mut t.against.time, 60), (&mut t.against.class, 50), (&mut t.against.text, 50), (&mut t.against.number, 50), (&mut t.against.component, 50), (&mut t.text_full_percent, 100), (&mut t.text_none_percent, 60), (&mut t.points.thing, 50), (&mut t.points.street, 30), (&mut t.against.thing, 50), (&mut t.against.street, 40)];
            if k < 20 { let (v, max) = &mut u8s[k]; let n = (i32::from(**v) + d).clamp(0, *max); **v = n as u8; }
            else { let u: &mut u32 = match k { 20 => &mut t.radius_m.component, 21 => &mut t.radius_m.matter, 22 => &mut t.radius_m.unclassified, 23 => &mut t.near_m, _ => continue }; *u = (*u as i32 + d * 2).max(1) as u32; }
        }
        let o = objective(&train, &t);
        if o >= best { if o > best + 1e-4 { eprintln!("{round} {o:.5}"); } best = o; s = t; }
    }
    println!("{s:#?}");
    let (mut fp, mut fnn) = (0, 0);
    for l in labelled(3, 4000) { let p = l.pair(); let sc = score(&p.new, &p.old, &s); 
      let fpos = !p.same && sc.points >= 52 && fp < 40; let fneg = p.same && sc.points < 48 && fnn < 40; if fpos { fp += 1; } if fneg { fnn += 1; }
      if fpos || fneg { println!("{} {:?} {}\n  {} | {} {:?}\n  {} | {} {:?}\n  {}", if fpos {"FP"} else {"FN"}, l.relation, sc.points, l.old.text, l.old.address, l.old.class, l.new.text, l.new.address, l.new.class, sc.reasons.iter().map(|r| format!("{} {} {}", r.what, r.points, r.value)).collect::<Vec<_>>().join("; ")); } }

    report(&s, "after");
}
