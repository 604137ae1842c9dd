package dev.sotto.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Decides whether a passage bears on a question. BM25 ranks well but its scores have no zero: small
 * talk would always find something. So a passage counts only when it holds a good part of the
 * question's words, each weighed by how rare it is (inverse document frequency, as in BM25).
 */
final class Relevance {
  static final String HEADING = "heading";
  static final String TEXT = "text";

  /** The part of a question's weight that must stand in a passage, or half of it in the heading. */
  private static final double FLOOR = 0.4;

  private static final double UNKNOWN_WEIGHT = 0.6;
  private static final float HEADING_BOOST = 2;
  private static final int MOST_TERMS = 100;

  private final IndexReader index;
  private final Analyzer analyzer;

  Relevance(IndexReader index, Analyzer analyzer) {
    this.index = index;
    this.analyzer = analyzer;
  }

  /** The stems of a question, each with its weight. */
  record Question(Map<String, Double> weights) {
    boolean isEmpty() {
      return weights.isEmpty();
    }

    Query query() {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (String stem : weights.keySet()) {
        Query heading = new TermQuery(new Term(HEADING, stem));
        any.add(new BoostQuery(heading, HEADING_BOOST), Occur.SHOULD);
        any.add(new TermQuery(new Term(TEXT, stem)), Occur.SHOULD);
      }
      return any.build();
    }
  }

  Question read(String question) {
    Map<String, Double> weights = new LinkedHashMap<>();
    stems(question).stream().limit(MOST_TERMS).forEach(stem -> weights.put(stem, weight(stem)));
    return new Question(weights);
  }

  boolean bears(Passage passage, Question question) {
    Set<String> heading = stems(passage.heading());
    Set<String> text = stems(passage.text());
    double asked = 0;
    double found = 0;
    for (Map.Entry<String, Double> term : question.weights().entrySet()) {
      asked += term.getValue();
      boolean inHeading = heading.contains(term.getKey());
      found += inHeading || text.contains(term.getKey()) ? term.getValue() : 0;
      found += inHeading ? term.getValue() : 0;
    }
    return found >= FLOOR * asked;
  }

  /** A word that stands nowhere says little about what is asked, unless there are many. */
  private double weight(String stem) {
    int total = index.numDocs();
    int with = frequency(stem);
    double rarity = Math.log(1 + (total - with + 0.5) / (with + 0.5));
    return with == 0 ? UNKNOWN_WEIGHT * rarity : rarity;
  }

  private int frequency(String stem) {
    try {
      return Math.max(index.docFreq(new Term(TEXT, stem)), index.docFreq(new Term(HEADING, stem)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory failed", impossible);
    }
  }

  private Set<String> stems(String text) {
    Set<String> stems = new LinkedHashSet<>();
    try (TokenStream words = analyzer.tokenStream(TEXT, text)) {
      CharTermAttribute word = words.addAttribute(CharTermAttribute.class);
      words.reset();
      while (words.incrementToken()) {
        stems.add(word.toString());
      }
      words.end();
      return stems;
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory failed", impossible);
    }
  }
}
