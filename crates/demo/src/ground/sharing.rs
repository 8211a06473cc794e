//! Which street or town, and which community, each site of the open country belongs to. Both grow over the mesh: streets from their own blocks
//! of the town, towns from their seats, then villages inside of each; so all of them are in one piece.

use super::{
    land::{ACROSS_WATER, Land, Settled},
    plan::TOWNS,
    plane::Point,
    register::Entry,
    ways::grow,
};
use crate::{dice::noise, error::DemoError};

/// Rounds in which the speeds of growing are set so that each has about the land it should have.
const BALANCED: usize = 10;
/// How much slower or faster than the others one may grow.
const SPEED: (f64, f64) = (0.45, 2.2);
/// Land for each village of a street, m²; towns share the rest by their villages.
const STREET_VILLAGE_M2: f64 = 1.9e6;
/// Rounds in which villages move to the middle of their land.
const CENTRED: usize = 4;

/// What is shared out.
pub(super) struct Sharing<'a> {
    seed: u64,
    land: &'a Land,
    wet: Vec<bool>,
    /// For each street or town its communities outside of the town, the seat of a town first.
    quarters: Vec<Quarter>,
    /// The community of each mesh of the town.
    in_town: Vec<Option<usize>>,
    communities: usize,
}

struct Quarter {
    members: Vec<usize>,
    /// Sites from which it grows.
    starts: Vec<usize>,
    seat: Option<usize>,
}

impl<'a> Sharing<'a> {
    pub(super) fn new(
        seed: u64,
        land: &'a Land,
        seats: &[Point],
        communities: &[Entry],
    ) -> Result<Self, DemoError> {
        let mut in_town = vec![None; land.atoms.len()];
        for (site, atom) in land.atoms.iter().enumerate() {
            if let super::atoms::Atom::Urban { community, .. } = atom {
                let index = communities.iter().position(|entry| entry.code.ends_with(community));
                let missing = || DemoError::data("divisions.csv", format!("{community} is on the plan only"));
                in_town[site] = Some(index.ok_or_else(missing)?);
            }
        }
        let mut sharing = Self {
            seed,
            land,
            wet: land.wet_sides(),
            quarters: Vec::new(),
            in_town,
            communities: communities.len(),
        };
        let mut members: std::collections::BTreeMap<&str, Vec<usize>> = std::collections::BTreeMap::new();
        for (index, entry) in communities.iter().enumerate() {
            if !sharing.in_town.contains(&Some(index)) {
                members.entry(entry.code.get(6..9).unwrap_or_default()).or_default().push(index);
            }
        }
        for (code, members) in members {
            let town = TOWNS.iter().position(|town| town.code == code);
            let seat = town.and_then(|town| sharing.nearest(*seats.get(town)?));
            let starts = seat.map_or_else(|| sharing.beside(code, communities), |seat| vec![seat]);
            if starts.is_empty() {
                return Err(DemoError::data("divisions.csv", format!("{code} has no place on the plan")));
            }
            sharing.quarters.push(Quarter { members, starts, seat });
        }
        Ok(sharing)
    }

    /// Where each community lies, and the community of each site.
    pub(super) fn share_out(&self) -> (Vec<Settled>, Vec<Option<usize>>) {
        let quarter_of = self.quarters_grown();
        let mut middles = self.first_middles(&quarter_of);
        let mut community_of = self.villages_grown(&quarter_of, &middles);
        for _ in 0..CENTRED {
            self.centre(&community_of, &mut middles);
            community_of = self.villages_grown(&quarter_of, &middles);
        }
        let mut settled = vec![Settled { middle: None, seat: false }; self.communities];
        for (community, middle) in &middles {
            let seat = self.quarters.iter().any(|quarter| quarter.seat == Some(*middle));
            settled[*community] = Settled { middle: Some(*middle), seat };
        }
        for (site, community) in self.in_town.iter().enumerate().filter(|(_, community)| community.is_some())
        {
            community_of[site] = *community;
        }
        (settled, community_of)
    }

    fn is_rural(&self, site: usize) -> bool {
        self.land.atoms[site].is_rural()
    }

    fn nearest(&self, point: Point) -> Option<usize> {
        let sites = &self.land.mesh.sites;
        let distance = |site: &usize| sites[*site].distance(point);
        (0..sites.len())
            .filter(|site| self.is_rural(*site))
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// Sites of the open country that touch the blocks of a street.
    fn beside(&self, street: &str, communities: &[Entry]) -> Vec<usize> {
        let mesh = &self.land.mesh;
        let of_street = |site: usize| {
            self.in_town[site].is_some_and(|community| communities[community].code.get(6..9) == Some(street))
        };
        let touches = |site: &usize| {
            mesh.sides_of_site[*site].iter().any(|side| of_street(mesh.other_site(*side, *site)))
        };
        (0..mesh.sites.len()).filter(|site| self.is_rural(*site)).filter(touches).collect()
    }

    /// How much longer a step is: over water much, elsewhere a little by chance, so that no border is straight.
    fn longer(&self, side: usize, purpose: u64) -> f64 {
        let rough = 1.0 + 0.35 * noise(self.seed, &[purpose, side as u64]);
        if self.wet[side] { rough * ACROSS_WATER } else { rough }
    }

    fn quarters_grown(&self) -> Vec<Option<usize>> {
        let site_m2: Vec<f64> = (0..self.land.atoms.len())
            .map(|site| if self.is_rural(site) { self.land.area_m2(&[site]) } else { 0.0 })
            .collect();
        let villages = |quarter: &Quarter| quarter.members.len() as f64;
        let streets: f64 = self.quarters.iter().filter(|quarter| quarter.seat.is_none()).map(villages).sum();
        let towns: f64 = self.quarters.iter().filter(|quarter| quarter.seat.is_some()).map(villages).sum();
        let town_village_m2 = (site_m2.iter().sum::<f64>() - streets * STREET_VILLAGE_M2) / towns.max(1.0);
        let starts: Vec<(usize, usize)> = self
            .quarters
            .iter()
            .enumerate()
            .flat_map(|(index, quarter)| quarter.starts.iter().map(move |start| (*start, index)))
            .collect();
        let mut speeds = vec![1.0_f64; self.quarters.len()];
        let mut quarter_of = Vec::new();
        for round in 0..=BALANCED {
            quarter_of = grow(&self.land.mesh, &starts, |side, site, quarter| {
                self.is_rural(site).then(|| self.longer(side, 33) / speeds[quarter])
            });
            let mut got = vec![0.0; self.quarters.len()];
            for (site, quarter) in quarter_of.iter().enumerate() {
                if let Some(quarter) = quarter {
                    got[*quarter] += site_m2[site];
                }
            }
            for (index, quarter) in self.quarters.iter().enumerate().filter(|_| round < BALANCED) {
                let village_m2 = if quarter.seat.is_some() { town_village_m2 } else { STREET_VILLAGE_M2 };
                let wanted = villages(quarter) * village_m2;
                let missed = (wanted / f64::max(got[index], 1.0)).clamp(0.7, 1.4);
                speeds[index] = (speeds[index] * missed.sqrt()).clamp(SPEED.0, SPEED.1);
            }
        }
        quarter_of
    }

    /// A first place for each village: the seat, then always the site farthest from all others of the same street or town.
    fn first_middles(&self, quarter_of: &[Option<usize>]) -> Vec<(usize, usize)> {
        let sites = &self.land.mesh.sites;
        let mut middles = Vec::new();
        for (index, quarter) in self.quarters.iter().enumerate() {
            let own: Vec<usize> = (0..sites.len()).filter(|site| quarter_of[*site] == Some(index)).collect();
            let mut apart = vec![f64::MAX; own.len()];
            let mut next = quarter.seat.or(quarter.starts.first().copied());
            for member in &quarter.members {
                let Some(middle) = next else { break };
                middles.push((*member, middle));
                for (apart, site) in apart.iter_mut().zip(&own) {
                    *apart = apart.min(sites[*site].distance(sites[middle]));
                }
                let farthest = own.iter().zip(&apart).max_by(|a, b| a.1.total_cmp(b.1));
                next = farthest.map(|(site, _)| *site);
            }
        }
        middles
    }

    fn villages_grown(&self, quarter_of: &[Option<usize>], middles: &[(usize, usize)]) -> Vec<Option<usize>> {
        let starts: Vec<(usize, usize)> =
            middles.iter().map(|(community, site)| (*site, *community)).collect();
        let mut quarter_of_community = vec![None; self.communities];
        for (index, quarter) in self.quarters.iter().enumerate() {
            for member in &quarter.members {
                quarter_of_community[*member] = Some(index);
            }
        }
        grow(&self.land.mesh, &starts, |side, site, community| {
            (quarter_of[site] == quarter_of_community[community] && self.is_rural(site))
                .then(|| self.longer(side, 34))
        })
    }

    /// Moves every village but the seats of the towns to the site nearest to the middle of its land.
    fn centre(&self, community_of: &[Option<usize>], middles: &mut [(usize, usize)]) {
        let sites = &self.land.mesh.sites;
        let mut sums = vec![(Point::default(), 0.0); self.communities];
        for (site, community) in community_of.iter().enumerate() {
            if let Some(sum) = community.and_then(|community| sums.get_mut(community)) {
                *sum = (sum.0.plus(sites[site].x, sites[site].y), sum.1 + 1.0);
            }
        }
        for (community, middle) in middles.iter_mut() {
            let (sum, count) = sums[*community];
            if count < 1.0 || self.quarters.iter().any(|quarter| quarter.seat == Some(*middle)) {
                continue;
            }
            let centre = Point::default().toward(sum, 1.0 / count);
            let own = (0..sites.len()).filter(|site| community_of[*site] == Some(*community));
            let distance = |site: &usize| sites[*site].distance(centre);
            if let Some(site) = own.min_by(|a, b| distance(a).total_cmp(&distance(b))) {
                *middle = site;
            }
        }
    }
}
